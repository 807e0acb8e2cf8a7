"""Changes to the shared list, as verbs."""

from companies.actions.companies import propose_company
from companies.actions.importing import import_listings

__all__ = ["import_listings", "propose_company"]
