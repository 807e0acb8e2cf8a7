"""Changes to the shared list, as verbs."""

from companies.actions.companies import propose_company

__all__ = ["propose_company"]
