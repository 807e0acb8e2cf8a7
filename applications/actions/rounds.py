"""Changes to interview rounds. Wall time and zone are kept; the instant is derived from them here and nowhere else.

`revision` grows whenever a reminder of the round would have to change: when day, time, zone or status do.
"""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.actions.preparation import follow_round, make_plan
from applications.interviews.rounds import city
from applications.models import Application, Event, InterviewRound, PrepItem
from tracker.lib.dates import day
from tracker.lib.errors import DomainError, StaleError

FIELDS = ("kind", "with_whom", "people", "on", "time", "minutes", "zone", "place", "status", "notes")
_MOVES_REMINDERS = {"on", "time", "zone", "status"}
_SHOWN = {"kind", *_MOVES_REMINDERS}

Status = InterviewRound.Status


def add_round(*, application: Application, details: Mapping[str, object], by: User, at: dt.datetime) -> InterviewRound:
    """Add a round with the given details, of which only the kind must be there, with its plan, and return it.

    A second request with the same details within WAYMARK_SAME_CLICK is the other half of a double click and gets
    the first one's round.
    """
    _only_known(details)
    with guarded():
        lock_application(application, by)
        known = _same_click(application, details, at)
        if known:
            return known
        round_ = InterviewRound(application=application, zone=by.time_zone)
        _fill(round_, details)
        round_.save(force_insert=True)
        if round_.status == Status.SCHEDULED:
            make_plan(interview=round_, by=by, at=at)
        _record(round_, _added(round_), by, at)
    return round_


def edit_round(
    *, interview: InterviewRound, details: Mapping[str, object], version: int, by: User, at: dt.datetime
) -> InterviewRound:
    """Change some details; StaleError when the round is no longer the version that was seen."""
    _only_known(details)
    with guarded():
        fresh = _lock(interview, by)
        if fresh.version != version:
            raise StaleError(f"This round changed at {fresh.updated_at.astimezone(by.tz):%H:%M} in another tab.")
        changed = {name for name, value in details.items() if getattr(fresh, name) != value}
        if not changed:
            return fresh
        before = {"kind": fresh.kind, "with_whom": fresh.with_whom, "on": fresh.on}
        _fill(fresh, details)
        fresh.version += 1
        fresh.revision += bool(changed & _MOVES_REMINDERS)
        fresh.updated_at = at
        fresh.save()
        if fresh.status == Status.SCHEDULED and PrepItem.objects.filter(round=fresh).exists():
            follow_round(interview=fresh, by=by, at=at, **before)
        _record(fresh, _news(fresh, changed), by, at)
    return fresh


def hold_round(*, interview: InterviewRound, by: User, at: dt.datetime) -> None:
    """Note that a scheduled round has happened; any other stays as it is."""
    with guarded():
        fresh = _lock(interview, by)
        if fresh.status == Status.SCHEDULED:
            fresh.status = Status.DONE
            fresh.version += 1
            fresh.revision += 1
            fresh.updated_at = at
            fresh.save(update_fields=["status", "version", "revision", "updated_at"])
            _record(fresh, _news(fresh, {"status"}), by, at)


def delete_round(*, interview: InterviewRound, by: User, at: dt.datetime) -> None:
    """Delete a round; its entries in the timeline stay. Doing it twice is no mistake."""
    with guarded():
        lock_application(interview.application, by)
        deleted, _ = InterviewRound.objects.visible_to(by).filter(pk=interview.pk).delete()
        if deleted:
            _record(interview, f"{interview.get_kind_display()}: taken off the list", by, at)


def _only_known(details: Mapping[str, object]) -> None:
    unknown = details.keys() - set(FIELDS)
    if unknown:
        message = f"A round has no {', '.join(sorted(unknown))}."
        raise TypeError(message)


def _lock(round_: InterviewRound, by: User) -> InterviewRound:
    fresh = InterviewRound.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=round_.pk).first()
    if fresh is None:
        raise StaleError("This round was deleted in another tab.")
    return fresh


def _same_click(application: Application, details: Mapping[str, object], at: dt.datetime) -> InterviewRound | None:
    since = at - settings.WAYMARK_SAME_CLICK
    return InterviewRound.objects.filter(application=application, created_at__gte=since, **details).first()


def _fill(round_: InterviewRound, details: Mapping[str, object]) -> None:
    for name, value in details.items():
        setattr(round_, name, value)
    if round_.time is not None and round_.on is None:
        raise DomainError("Enter the date of this start time.", field="on")
    round_.starts_at = round_.derived_start()


def _record(round_: InterviewRound, text: str, by: User, at: dt.datetime) -> None:
    kind = Event.Kind.ROUND if text else Event.Kind.EDIT
    text = text or f"{round_.get_kind_display()}: details"
    on = at.astimezone(by.tz).date()
    Event.objects.create(application_id=round_.application_id, kind=kind, on=on, text=text, by=by)
    Application.objects.filter(pk=round_.application_id).update(updated_at=at)


def _added(round_: InterviewRound) -> str:
    """Return the sentence of the timeline: "Coding scheduled for Thu 12 Nov", or how it went when added later."""
    what = round_.get_kind_display()
    if round_.status != Status.SCHEDULED:
        return f"{what}: {_went(round_)}"
    return f"{what} scheduled for {day(round_.on)}" if round_.on else f"{what} expected"


def _news(round_: InterviewRound, changed: set[str]) -> str:
    """Return the sentence of the timeline; nothing when only notes, names or the like changed."""
    what = round_.get_kind_display()
    if "status" in changed and round_.status != Status.SCHEDULED:
        return f"{what}: {_went(round_)}"
    if not changed & _SHOWN:
        return ""
    if round_.on is None:
        return f"{what}: no date yet"
    time = f", {round_.time:%H:%M} {city(round_.zone)}" if round_.time else ""
    return f"{what}: now {day(round_.on)}{time}"


def _went(round_: InterviewRound) -> str:
    return Status(round_.status).label.lower()
