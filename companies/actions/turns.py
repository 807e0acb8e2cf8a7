"""Who waits for whom: one import at a time, all or nothing; and nobody adds to a company while it becomes another."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from tracker.lib.errors import StaleError

_LOCK = 0x57A7
_MERGES = 0x4D455247  # "MERG"


@contextmanager
def import_transaction(*, dry_run: bool) -> Iterator[None]:
    """Hold the turn until the end; refuse when another import has it, or when a row is taken in between."""
    try:
        with transaction.atomic():
            if not _turn():
                raise StaleError("Another import is running. Nothing was written; run this one when it has ended.")
            stay()
            yield
            transaction.set_rollback(dry_run)
    except IntegrityError:
        raise StaleError("Somebody changed the list meanwhile. Nothing was written; run the import again.") from None


def _turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def stay() -> None:
    """Let no merge happen until the transaction ends.

    Everybody who adds shares this lock, which a merge has alone. With locks of rows, somebody who follows a merge to
    its keeper would wait for whoever takes it back, and they for them.
    """
    _lock("pg_advisory_xact_lock_shared")


def rearrange() -> None:
    """Wait until nobody adds, and let nobody add until the transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(way: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {way}(%s)", [_MERGES])
