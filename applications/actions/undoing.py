"""Taking a change back: what it did to the student's rows is kept for some minutes, and undone row by row.

Around any action: `with undoable(student=..., text=..., at=..., applications=[...]) as change: ...`; afterwards
`change.undo` is what can be taken back, or None when nothing changed. Decision 0014 says why it is rows, not verbs.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from accounts.models import User
from applications.actions.stages import restate, told_wrong
from applications.models import Application, Undo
from applications.others import sources
from applications.queries.rows import DESK, rows_of, tables
from applications.taking_back import Difference, Key, Row, WayBack, differences, stale, way_back
from tracker.lib.errors import DomainError

type Changed = tuple[Key, Row]
type Changes = Mapping[str, Sequence[Difference]]

_DESK_LOCK = 1_014
_TOO_LATE = "It is too late to undo this."


@dataclass
class Change:
    """A change while it is made: what to call it, and which applications it is about; both may still change."""

    text: str
    applications: set[int] = field(default_factory=set)
    undo: Undo | None = None

    def adds(self, *applications: Application, at: dt.datetime) -> None:
        """Let it be about these too, but for those that a repeated request found: another change has added them."""
        new = {one.pk for one in applications if one.created_at >= at}
        told = Undo.objects.filter(applications__overlap=sorted(new)).values_list("applications", flat=True)
        self.applications |= new.difference(*told)


@contextmanager
def undoable(
    *,
    student: User,
    text: str,
    at: dt.datetime,
    applications: Iterable[Application] = (),
    desk: bool = False,
    thing: str = "",
) -> Iterator[Change]:
    """Run a change of these applications, or of the desk, in one transaction that can be taken back afterwards.

    thing: what of an app above it is about, as a line of Today names it.
    `text` says what was done, in the words of the toast, and may be set later, as `change.text`. An application that
    is added meanwhile is told by `change.adds`. An exception leaves nothing behind.
    """
    change = Change(text, {application.pk for application in applications})
    with transaction.atomic():
        hold(student, change.applications, desk=desk, thing=thing)
        before = rows_of(student, change.applications, desk=desk, thing=thing)
        yield change
        changes = differences(before, rows_of(student, change.applications, desk=desk, thing=thing))
        if changes:
            _forget_old(student, at)
            change.undo = Undo.objects.create(
                student=student,
                text=change.text[:200],
                applications=sorted(change.applications),
                thing=thing,
                changes=changes,
                made_at=at,
            )


@transaction.atomic
def undo_change(*, undo: Undo, by: User, at: dt.datetime) -> list[Application]:
    """Put back what a change did, and return the applications it was about; a second time it does nothing.

    StaleError when something that it changed has changed again; DomainError when it is too long ago.
    """
    held = Undo.objects.visible_to(by).select_for_update().filter(pk=undo.pk).first()
    if held is None or (held.undone_at is None and at - held.made_at > settings.WAYMARK_UNDO):
        raise DomainError(_TOO_LATE)
    if held.undone_at is not None:
        return _told_anew(by, held.applications)
    held.undone_at = at
    held.save(update_fields=["undone_at"])
    return take_back(changes=held.changes, applications=held.applications, by=by, thing=held.thing)


@transaction.atomic(savepoint=False)
def take_back(*, changes: Changes, applications: Collection[int], by: User, thing: str = "") -> list[Application]:
    """Put back what was changed about these applications, and return those that are left.

    StaleError when anything of it has changed again.
    """
    desk = not DESK.isdisjoint(changes)
    hold(by, applications, desk=desk, thing=thing)
    _put_back(way_back(changes, rows_of(by, applications, desk=desk, thing=thing)))
    return _told_anew(by, applications)


def forget_undone(*, at: dt.datetime) -> int:
    """Drop what can no longer be taken back, of everybody; return how many."""
    return Undo.objects.filter(made_at__lt=at - settings.WAYMARK_UNDO).delete()[0]


def _forget_old(student: User, at: dt.datetime) -> None:
    """Drop the person's own of long ago; one that is being undone right now is left alone."""
    old = Undo.objects.visible_to(student).filter(made_at__lt=at - settings.WAYMARK_UNDO)
    Undo.objects.filter(pk__in=list(old.select_for_update(skip_locked=True).values_list("pk", flat=True))).delete()


def hold(student: User, applications: Iterable[int], *, desk: bool, thing: str = "") -> None:
    """Hold the desk, then the applications in the order of their keys: two changes of many wait, and never for ever.

    A thing of an app above comes last.
    """
    if desk:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s::int)", [_DESK_LOCK, student.pk])
    mine = Application.objects.visible_to(student).filter(pk__in=list(applications)).order_by("pk")
    list(mine.select_for_update(of=("self",)).values_list("pk"))
    for one in sources() if thing else ():
        one.hold(student, thing)


def _told_anew(student: User, keys: Iterable[int]) -> list[Application]:
    applications = _present(student, keys)
    wrong = told_wrong(applications)
    return [restate(application=one) if one.pk in wrong else one for one in applications]


def _present(student: User, applications: Iterable[int]) -> list[Application]:
    mine = Application.objects.visible_to(student).select_related("company")
    return list(mine.filter(pk__in=list(applications)).order_by("pk"))


def _put_back(back: WayBack) -> None:
    """Write it in one go: what the database refuses, such as a name that was taken since, leaves all as it is."""
    known = tables()
    if any(table not in known for table in (*back.delete, *(key[0] for key, _ in back.change), *back.insert)):
        raise stale()
    try:
        with transaction.atomic():
            for table, keys in back.delete.items():  # the ORM takes along what only points here: planned reminders
                known[table]._base_manager.filter(pk__in=keys).delete()
            _change_rows(back.change)
            for table, rows in back.insert.items():
                _insert(table, rows)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise stale() from None


def _change_rows(changes: list[Changed]) -> None:
    """Change the rows, many at once; where one must first make room for another, one by one, or the other way round."""
    alike: dict[tuple[str, ...], list[Changed]] = {}
    for (table, pk), columns in changes:
        alike.setdefault((table, *sorted(columns)), []).append(((table, pk), columns))
    singly = [[change] for change in changes]
    for batches in (list(alike.values()), singly, singly[::-1]):
        try:
            with transaction.atomic():
                for batch in batches:
                    _update(batch)
        except IntegrityError:
            continue
        return
    raise stale()


def _update(batch: list[Changed]) -> None:
    (table, _pk), columns = batch[0]
    names = sql.SQL(", ").join(sql.SQL("{0} = r.{0}").format(sql.Identifier(column)) for column in columns)
    statement = sql.SQL("UPDATE {0} t SET {1} FROM jsonb_populate_recordset(NULL::{0}, %s) r WHERE t.id = r.id")
    rows = [{**columns, "id": pk} for (_table, pk), columns in batch]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(sql.Identifier(table), names), [json.dumps(rows)])


def _insert(table: str, rows: list[Row]) -> None:
    statement = sql.SQL("INSERT INTO {0} SELECT * FROM jsonb_populate_recordset(NULL::{0}, %s)")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(sql.Identifier(table)), [json.dumps(rows)])
