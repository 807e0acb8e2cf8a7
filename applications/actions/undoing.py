"""Taking a change back: what it did to the student's rows is kept for some minutes, and undone row by row.

Around any action: `with undoable(student=..., text=..., at=..., applications=[...]) as change: ...`; afterwards
`change.undo` is what can be taken back, or None when nothing changed. Decision 0014 says why it is rows, not verbs.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from accounts.models import User
from applications.actions.stages import restate
from applications.models import Application, Undo
from applications.queries.rows import TABLES, Key, Rows, rows_of
from tracker.lib.errors import DomainError, StaleError

type Row = dict[str, Any]
type Difference = tuple[Row | None, Row | None]

# Not facts: a later change of these alone does not stand in the way. The counters only ever grow.
_MOMENT, _COUNTERS = "updated_at", ("version", "revision")
_PARENTS = {
    "application_id": "applications_application",
    "round_id": "applications_interviewround",
    "placement_id": "applications_placement",
    "document_id": "applications_document",
    "version_id": "applications_documentversion",
}
_STALE = "There was another change since. Nothing was undone."


@dataclass
class Change:
    """A change while it is made: what to call it, and which applications it is about; both may still change."""

    text: str
    applications: set[int] = field(default_factory=set)
    undo: Undo | None = None

    @property
    def undo_id(self) -> str:
        """The public id to undo it by; empty when nothing changed."""
        return self.undo.public_id if self.undo else ""


@contextmanager
def undoable(
    *, student: User, text: str, at: dt.datetime, applications: Iterable[Application] = (), desk: bool = False
) -> Iterator[Change]:
    """Run a change of these applications, or of the desk, in one transaction that can be taken back afterwards.

    `text` says what was done, in the words of the toast, and may be set later, as `change.text`. An application that
    is added meanwhile is put into `change.applications`. An exception leaves nothing behind.
    """
    change = Change(text, {application.pk for application in applications})
    with transaction.atomic():
        _lock(student, change.applications)
        before = rows_of(student, change.applications, desk=desk)
        yield change
        changes = _differences(before, rows_of(student, change.applications, desk=desk))
        if changes:
            _forget_old(student, at)
            change.undo = Undo.objects.create(student=student, text=change.text[:200], changes=changes, made_at=at)


@transaction.atomic
def undo_change(*, undo: Undo, by: User, at: dt.datetime) -> list[Application]:
    """Put back what a change did, and return the applications it was about; a second time it does nothing.

    StaleError when something that it changed has changed again; DomainError when it is too long ago.
    """
    undo = Undo.objects.visible_to(by).select_for_update().get(pk=undo.pk)
    changes = {
        (table, (before or after)["id"]): (before, after)
        for table, pairs in undo.changes.items()
        for before, after in pairs
    }
    applications = _applications(changes)
    if undo.undone_at is not None:
        return _present(by, applications)
    if at - undo.made_at > settings.WAYMARK_UNDO:
        raise DomainError("It is too late to undo this.")
    _lock(by, applications)
    _put_back(changes, rows_of(by, applications, desk=True))
    undo.undone_at = at
    undo.save(update_fields=["undone_at"])
    return [restate(application=one) for one in _present(by, applications)]


def forget_undone(*, at: dt.datetime) -> int:
    """Drop what can no longer be taken back, of everybody; return how many."""
    return Undo.objects.filter(made_at__lt=at - settings.WAYMARK_UNDO).delete()[0]


def _forget_old(student: User, at: dt.datetime) -> None:
    Undo.objects.visible_to(student).filter(made_at__lt=at - settings.WAYMARK_UNDO).delete()


def _lock(student: User, applications: Iterable[int]) -> None:
    """Hold the applications in the order of their keys, so that two changes of many wait instead of blocking."""
    mine = Application.objects.visible_to(student).filter(pk__in=list(applications)).order_by("pk")
    list(mine.select_for_update(of=("self",)).values_list("pk"))


def _present(student: User, applications: Iterable[int]) -> list[Application]:
    mine = Application.objects.visible_to(student).select_related("company")
    return list(mine.filter(pk__in=list(applications)).order_by("pk"))


def _differences(before: Rows, after: Rows) -> dict[str, list[Difference]]:
    changes: dict[str, list[Difference]] = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old != new:
            changes.setdefault(key[0], []).append((_read(old), _read(new)))
    return changes


def _read(row: str | None) -> Row | None:
    return json.loads(row) if row else None


def _applications(changes: dict[Key, Difference]) -> set[int]:
    named = {row["application_id"] for pair in changes.values() for row in pair if row and row.get("application_id")}
    return named | {pk for table, pk in changes if table == "applications_application"}


def _put_back(changes: dict[Key, Difference], now: Rows) -> None:
    _nothing_hangs_on(changes, now)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for key, difference in changes.items():
                for statement, values in _statements(key, difference, _read(now.get(key))):
                    cursor.execute(statement, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise StaleError(_STALE) from None


def _nothing_hangs_on(changes: dict[Key, Difference], now: Rows) -> None:
    """Refuse to take back an addition to which something was added since, for that would go with it."""
    added = {key for key, (before, _after) in changes.items() if before is None}
    for key, text in now.items():
        if key not in changes and added:
            row = _read(text) or {}
            if any((table, row.get(column)) in added for column, table in _PARENTS.items()):
                raise StaleError(_STALE)


def _statements(key: Key, difference: Difference, now: Row | None) -> Iterator[tuple[sql.Composed, list[Any]]]:
    """Yield what puts one row back; nothing but the columns that the change touched."""
    (table, pk), (before, after) = key, difference
    if table not in TABLES:
        raise StaleError(_STALE)
    name = sql.Identifier(table)
    if before is None:
        _same(after, now)
        yield sql.SQL("DELETE FROM {} WHERE id = %s").format(name), [pk]
    elif after is None:
        if now is not None:
            raise StaleError(_STALE)
        row = before | {column: before[column] + 1 for column in _COUNTERS if column in before}
        yield (
            sql.SQL("INSERT INTO {} SELECT * FROM jsonb_populate_record(NULL::{}, %s)").format(name, name),
            [json.dumps(row)],
        )
    elif columns := _columns(before, after, now):
        names = sql.SQL(", ").join(sql.SQL("{0} = r.{0}").format(sql.Identifier(column)) for column in columns)
        statement = sql.SQL("UPDATE {} t SET {} FROM jsonb_populate_record(NULL::{}, %s) r WHERE t.id = %s")
        yield statement.format(name, names, name), [json.dumps({"id": pk} | columns), pk]


def _columns(before: Row, after: Row, now: Row | None) -> Row:
    """Return column -> value to put back, having made sure that no other change came since."""
    if now is None:
        raise StaleError(_STALE)
    touched = [column for column in before if before[column] != after[column]]
    facts = [column for column in touched if column != _MOMENT and column not in _COUNTERS]
    if any(now[column] != after[column] for column in facts):
        raise StaleError(_STALE)
    back = {column: before[column] for column in facts}
    back |= {column: now[column] + 1 for column in touched if column in _COUNTERS}
    if _MOMENT in touched and now[_MOMENT] == after[_MOMENT]:
        back[_MOMENT] = before[_MOMENT]
    return back


def _same(after: Row | None, now: Row | None) -> None:
    soft = {_MOMENT, *_COUNTERS}
    if now is None or after is None or any(now[column] != after[column] for column in after.keys() - soft):
        raise StaleError(_STALE)
