"""Changes to the timeline: log something, put in an earlier stage, correct an entry, take it out.

Entries that name a stage are in the order of their days; whatever is done to one, stage and days of the application
are told anew (`stages.restate`), so that the two never differ.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.actions.stages import restate
from applications.history import Step, begins_earlier
from applications.models import Application, Event
from applications.stage import ENTRY_CHOICES, read_entry
from tracker.lib.dates import full_day
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.fields import FIRST_DAY

Kind = Event.Kind
LOGGED = (Kind.NOTE, Kind.EMAIL, Kind.CALL, Kind.INTERVIEW)
_CORRECTED = ("on", "text", "is_shared", "stage", "outcome")


def log_event(
    *, application: Application, kind: str, text: str, is_shared: bool, on: dt.date, by: User, at: dt.datetime
) -> Event:
    """Log a note, an email, a call or an interview on a day up to today, and return its entry.

    The same words again within WAYMARK_SAME_CLICK are the other half of a double click and get the first one's entry.
    """
    if kind not in LOGGED:
        raise DomainError("Choose note, email, call or interview.", field="kind")
    text = _text(text, needed=True)
    _past(on, by, at)
    details = {"kind": kind, "text": text, "is_shared": is_shared, "on": on}
    with guarded():
        application = lock_application(application, by)
        since = at - settings.WAYMARK_SAME_CLICK
        known = Event.objects.filter(application=application, recorded_at__gte=since, **details).first()
        if known:
            return known
        event = Event.objects.create(application=application, by=by, **details)
        _touch(application, at)
    return event


@transaction.atomic
def log_step(*, application: Application, entered: str, on: dt.date, by: User, at: dt.datetime, **words: Any) -> Event:  # noqa: ANN401 - as log_event's
    """Log what was said on a day and put in the stage that it tells of, or neither; return the entry with the words."""
    event = log_event(application=application, on=on, by=by, at=at, **words)
    add_stage(application=application, entered=entered, on=on, by=by, at=at)
    return event


def add_stage(*, application: Application, entered: str, on: dt.date, by: User, at: dt.datetime) -> Event:
    """Put in an entry that names a stage, on a day up to today, and return it; `entered` is one of ENTRY_CHOICES.

    The same entry again within WAYMARK_SAME_CLICK is the other half of a double click and gets the first one's.
    """
    stage, outcome = _named(entered)
    _past(on, by, at)
    details = {"kind": Kind.STAGE, "stage": stage, "outcome": outcome, "on": on}
    with guarded():
        application = lock_application(application, by)
        since = at - settings.WAYMARK_SAME_CLICK
        known = Event.objects.filter(application=application, recorded_at__gte=since, **details).first()
        if known:
            return known
        event = Event.objects.create(application=application, by=by, **details)
        _begin_by(event)
        restate(application=application, at=at)
    return event


def edit_event(
    *,
    event: Event,
    seen: Event,
    text: str,
    is_shared: bool,
    on: dt.date,
    by: User,
    at: dt.datetime,
    entered: str = "",
) -> Event:
    """Correct day and words of an entry, and the stage it names: one of ENTRY_CHOICES, or nothing to leave that.

    `seen` is the entry as the person saw it when deciding: if it reads otherwise by now, StaleError.
    """
    text = _text(text, needed=event.kind in LOGGED)
    _past(on, by, at)
    with guarded():
        application, event = _lock(event, by)
        if any(getattr(event, name) != getattr(seen, name) for name in _CORRECTED):
            raise StaleError("This entry changed in another tab.")
        event.on, event.text, event.is_shared = on, text, is_shared
        if event.stage and entered:
            event.stage, event.outcome = _named(entered)
        event.save(update_fields=_CORRECTED)
        _restate(application, event, at)
    return event


def delete_event(*, event: Event, by: User, at: dt.datetime) -> Application:
    """Take an entry out and return its application, which keeps one entry that names its stage."""
    with guarded():
        application, event = _lock(event, by)
        if event.stage and not _stages(event).exclude(pk=event.pk).exists():
            raise DomainError("The last entry with a stage stays. To remove it all, delete the application.")
        event.delete()
        return _restate(application, event, at)


def _lock(event: Event, by: User) -> tuple[Application, Event]:
    """Hold the application, so that its changes queue, and read the entry as it is now."""
    application = lock_application(event.application, by)
    fresh = Event.objects.filter(application=application, pk=event.pk).first()
    if fresh is None:
        raise StaleError("This entry was deleted in another tab.")
    return application, fresh


def _restate(application: Application, event: Event, at: dt.datetime) -> Application:
    if event.stage:
        if event.pk:
            _begin_by(event)
        return restate(application=application, at=at)
    _touch(application, at)
    return application


def _begin_by(event: Event) -> None:
    """Take the entry that the application began with back to the day of this one, where it cannot be later."""
    first = _stages(event).filter(kind=Kind.ADDED).exclude(pk=event.pk).first()
    if first and begins_earlier(Step(first.on, first.stage), Step(event.on, event.stage)):
        first.on = event.on
        first.save(update_fields=["on"])


def _touch(application: Application, at: dt.datetime) -> None:
    application.updated_at = at
    application.save(update_fields=["updated_at"])


def _stages(event: Event) -> QuerySet[Event]:
    return Event.objects.filter(application=event.application_id).exclude(stage="")


def _named(entered: str) -> tuple[str, str]:
    if entered not in dict(ENTRY_CHOICES):
        raise DomainError("Choose a stage from the list.", field="entered")
    return read_entry(entered)


def _past(on: dt.date, by: User, at: dt.datetime) -> None:
    today = at.astimezone(by.tz).date()
    if on > today:
        raise DomainError(f"Enter today or an earlier day: {full_day(on)} is still to come.", field="on")
    if on < FIRST_DAY:
        raise DomainError(f"Enter a day from {FIRST_DAY.year} on.", field="on")


def _text(text: str, *, needed: bool) -> str:
    text = text.replace("\r\n", "\n").strip()
    if needed and not text:
        raise DomainError("Enter what happened.", field="text")
    if "\0" in text:
        raise DomainError("Enter what happened in plain text.", field="text")
    longest = Event._meta.get_field("text").max_length or 0
    if len(text) > longest:
        raise DomainError(f"Use at most {longest:,} characters; this has {len(text):,}.", field="text")
    return text
