"""Reads an archive into an account that is still empty: all of it or nothing."""

import datetime as dt
from collections.abc import Callable
from typing import IO

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from accounts.models import User
from applications.models import DocumentVersion
from owndata.actions.files import BroughtFiles
from owndata.actions.finding import Finder
from owndata.actions.inserting import Bringing, Row
from owndata.actions.profile import take_profile
from owndata.archive import BadArchiveError, Limits, Reader, place_of
from owndata.tables import BROUGHT, NEEDS_EMPTY
from tracker.lib.database import quietly
from tracker.lib.errors import DomainError

type Tell = Callable[[str, int, int], None]

NOT_EMPTY = "Your account has applications, people or documents already. An archive is read into an empty account."


def read_archive(*, person: User, file: IO[bytes], at: dt.datetime, tell: Tell) -> dict[str, int]:
    """Put everything in that can come back, and return table -> rows, and `left`: those left out.

    tell(what, done, of): called as it goes on. Raises BadArchiveError for what cannot be read, and DomainError for an
    account that is not empty; both leave the account as it was.
    """
    limits = Limits(settings.WAYMARK_ARCHIVE_JSON, settings.WAYMARK_FILE_BYTES, settings.WAYMARK_ARCHIVE_ROWS)
    reader = Reader(file, limits)
    files = BroughtFiles(reader)
    try:
        with transaction.atomic(), quietly():
            User.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
            make_room(person)
            return _put_all(Bringing(person, Finder(person, at)), reader, files, tell)
    except (IntegrityError, DataError) as error:
        files.take_away()
        # The name of a constraint says what does not fit; the database's words may hold what is private.
        which = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "a value"
        raise BadArchiveError(f"The rows of this archive do not fit together: {which.replace('_', ' ')}.") from None
    except BaseException:
        files.take_away()
        raise


def is_empty(person: User) -> bool:
    """Say whether an archive may be read into this account."""
    return not any(table.rows(person).exists() for table in BROUGHT if table.name in NEEDS_EMPTY)


def make_room(person: User) -> None:
    """Delete what gives way: plans, views and wishes, which even a new account has."""
    if not is_empty(person):
        raise DomainError(NOT_EMPTY, field="file")
    for table in reversed(BROUGHT):
        table.rows(person).delete()


def _put_all(bringing: Bringing, reader: Reader, files: BroughtFiles, tell: Tell) -> dict[str, int]:
    counts = {}
    for number, table in enumerate(BROUGHT):
        tell("Tables", number, len(BROUGHT))
        rows: list[Row] = [*reader.rows(place_of(table.name, comes_back=True))]
        extra = files.put if table.model is DocumentVersion else _nothing
        counts[table.name] = bringing.put(table, rows, extra)
    take_profile(bringing.person, reader.rows(place_of("profile", comes_back=False)))
    return {**{name: count for name, count in counts.items() if count}, "left": bringing.left}


def _nothing(row: Row) -> dict[str, object]:  # noqa: ARG001 - what other tables need
    return {}
