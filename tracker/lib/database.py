"""Tells a database that is away from one that refuses."""

from django.db import InterfaceError, OperationalError

_GOING_OR_COMING = {"57P01", "57P02", "57P03", "53300"}
"""PostgreSQL's names for: shut down, crashed, not ready yet, too many connections."""


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that there was no connection, or none any more."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith("08") or state in _GOING_OR_COMING
