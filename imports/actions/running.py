"""Runs what was planned, and takes it back: at once where it is little, else by a worker that may be killed.

Who works on an import holds a lease; whoever dies over one is passed over after a while. All that one does is one
transaction, so that nothing is half-written, and the second worker finds either nothing of it or all.
"""

import datetime as dt
from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.cache import cache
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from companies.actions import stay
from imports.actions.planning import make_plan
from imports.actions.taking_back import undo_rows
from imports.actions.writing import add_rows, base_of, change_rows, make_companies, to_add
from imports.models import Import, ImportRow, Part
from imports.queries.known import fingerprint, names_what_is_gone
from tracker.lib.database import quietly
from tracker.lib.errors import DomainError, StaleError

State = Import.State
_AT_WORK = (State.WAITING, State.UNDOING)
_NOT_DONE = {State.WAITING: State.REVIEW, State.UNDOING: State.DONE}
_CHANGED = "Your applications changed meanwhile. Look at the plan again, then add."
_TOO_LONG = "It took longer than a worker may work on one file. Nothing was changed."
_NOTHING = "There is nothing to add. Correct a row, or choose what to do with one that you have."

type Clock = Callable[[], dt.datetime]


class _ChangedError(Exception):
    """The plan was made from other applications than there are now."""


def ask_for_run(*, file: Import, by: User, at: dt.datetime, clock: Clock) -> bool:
    """Add what is planned, now or soon; say whether a worker is to do it."""
    with transaction.atomic():
        fresh = _held(file, by, State.REVIEW)
        changes = ImportRow.objects.filter(file=fresh, choice=ImportRow.Choice.FILE, verdict=ImportRow.Verdict.SAME)
        many = to_add(fresh).count() + changes.count()
        if not many:
            raise DomainError(_NOTHING)
        _begin(fresh, State.WAITING)
    return _now_or_soon(fresh, many, at, clock)


def ask_for_undo(*, file: Import, by: User, at: dt.datetime, clock: Clock) -> bool:
    """Take an import back, now or soon; say whether a worker is to do it."""
    with transaction.atomic():
        fresh = _held(file, by, State.DONE)
        if fresh.ended_at is None or at > until(fresh):
            raise DomainError(f"An import can be taken back for {settings.WAYMARK_SHEET_UNDO.days} days.")
        _begin(fresh, State.UNDOING)
    return _now_or_soon(fresh, fresh.added + fresh.changed, at, clock)


def run_due(*, at: dt.datetime, clock: Clock) -> int:
    """Do all that is asked for and that nobody does; return how much."""
    done = 0
    while (file := _claim(at, Q())) is not None:
        _work(file, at, clock)
        done += 1
    return done


def until(file: Import) -> dt.datetime:
    """Return until when an import can be taken back."""
    return (file.ended_at or file.made_at) + settings.WAYMARK_SHEET_UNDO


def progress_of(file: Import) -> int:
    """Return how many rows are done by now."""
    found = cache.get(_place(file))
    return found if isinstance(found, int) else 0


def _held(file: Import, by: User, state: str) -> Import:
    fresh = Import.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=file.pk).first()
    if fresh is None or fresh.state != state:
        raise StaleError("This import went on meanwhile. Look at where it is now.")
    return fresh


def _begin(file: Import, state: str) -> None:
    file.state, file.began_at, file.problem = state, None, ""
    file.save(update_fields=["state", "began_at", "problem"])


def _now_or_soon(file: Import, many: int, at: dt.datetime, clock: Clock) -> bool:
    if many > settings.WAYMARK_SHEET_AT_ONCE:
        return True
    mine = _claim(at, Q(pk=file.pk))
    if mine is not None:
        _work(mine, at, clock)
    return False


def _claim(at: dt.datetime, wanted: Q) -> Import | None:
    """Take one that nobody works on; who died over one is passed over after a while."""
    free = Q(began_at=None) | Q(began_at__lt=at - settings.WAYMARK_SHEET_LEASE)
    with transaction.atomic():
        due = Import.objects.select_for_update(skip_locked=True, of=("self",)).select_related("student")
        file = due.filter(wanted, free, state__in=_AT_WORK).order_by("made_at", "pk").first()
        if file:
            file.began_at = at
            file.save(update_fields=["began_at"])
    return file


def _work(file: Import, at: dt.datetime, clock: Clock) -> None:
    """Do one; whatever goes wrong with it is a sentence on its page."""
    try:
        _DO[file.state](file, at, clock)
        problem = ""
    except (_ChangedError, IntegrityError, DataError):
        problem = _CHANGED if file.state == State.WAITING else "There was another change since. Nothing was undone."
    except SoftTimeLimitExceeded:
        problem = _TOO_LONG
    except DomainError as error:
        problem = error.sentence
    cache.delete(_place(file))
    if problem:
        _give_up(file, problem, at)


def _give_up(file: Import, problem: str, at: dt.datetime) -> None:
    """Go back to the step before; a plan that no longer fits is made anew."""
    with transaction.atomic():
        fresh = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if fresh.state != file.state or fresh.began_at != at:
            return
        if fresh.state == State.WAITING:
            make_plan(file=fresh, by=file.student, at=at)
        fresh.state, fresh.began_at, fresh.problem = _NOT_DONE[State(file.state)], None, problem[:300]
        fresh.save(update_fields=["state", "began_at", "problem"])


def _add(file: Import, at: dt.datetime, clock: Clock) -> None:
    by, on = file.student, at.astimezone(file.student.tz).date()
    with transaction.atomic(), quietly():
        stay()
        fresh = _mine(file, at)
        if fresh.seen != fingerprint(by) or names_what_is_gone(fresh):
            raise _ChangedError
        fresh.base = base_of(by, on)
        companies = make_companies(fresh, by, at)
        fresh.added = add_rows(fresh, companies, by=by, at=at, tell=_teller(fresh))
        fresh.changed = change_rows(fresh, by=by, at=at, on=on)
        Part.objects.filter(file=fresh).delete()
        _end(fresh, State.DONE, clock())


def _undo(file: Import, at: dt.datetime, clock: Clock) -> None:
    with transaction.atomic(), quietly():
        stay()
        fresh = _mine(file, at)
        undo_rows(fresh, by=file.student, tell=_teller(fresh))
        _end(fresh, State.UNDONE, clock())


_DO: dict[str, Callable[[Import, dt.datetime, Clock], None]] = {State.WAITING: _add, State.UNDOING: _undo}


def _mine(file: Import, at: dt.datetime) -> Import:
    """Hold it; another worker may have taken it over, or done it."""
    fresh = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if fresh.state != file.state or fresh.began_at != at:
        raise StaleError("Somebody else works on this import.")
    return fresh


def _end(file: Import, state: str, at: dt.datetime) -> None:
    file.state, file.began_at, file.ended_at = state, None, at
    file.save(update_fields=["state", "began_at", "ended_at", "base", "added", "changed", "companies_made"])


def _teller(file: Import) -> Callable[[int], None]:
    return lambda rows: cache.set(_place(file), rows, timeout=600)


def _place(file: Import) -> str:
    return f"import:{file.public_id}"
