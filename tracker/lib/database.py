"""Tells a database that is away from one that refuses, and changes rows without news of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection

_GOING_OR_COMING = {"57P01", "57P02", "57P03", "53300"}
"""PostgreSQL's names for: shut down, crashed, not ready yet, too many connections."""


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that there was no connection, or none any more."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith("08") or state in _GOING_OR_COMING


@contextmanager
def quietly() -> Iterator[None]:
    """Make changes of which nobody's webhooks are told, within a transaction: they bring history, not news.

    The triggers of `webhooks/migrations` ask for it; an error ends the transaction, and the quiet with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('waymark.quiet', 'on', TRUE)")
        yield
        cursor.execute("SELECT set_config('waymark.quiet', '', TRUE)")
