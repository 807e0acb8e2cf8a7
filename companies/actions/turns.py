"""The transaction of an import: one at a time, all or nothing, and nothing at all in a dry run."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from tracker.lib.errors import StaleError

_LOCK = 0x57A7


@contextmanager
def import_transaction(*, dry_run: bool) -> Iterator[None]:
    """Hold the turn until the end; refuse when another import has it, or when a row is taken in between."""
    try:
        with transaction.atomic():
            if not _turn():
                raise StaleError("Another import is running. Nothing was written; run this one when it has ended.")
            yield
            transaction.set_rollback(dry_run)
    except IntegrityError:
        raise StaleError("Somebody changed the list meanwhile. Nothing was written; run the import again.") from None


def _turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
