"""Changes to the timeline: log something, correct its day or words, take it out.

Entries that name a stage stay in the order in which they were made; correcting or deleting one tells stage and days
of the application anew (`stages.restate`), so that the two never differ.
"""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.actions.stages import restate
from applications.models import Application, Event
from applications.stage import look
from tracker.lib.dates import full_day
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.fields import FIRST_DAY

Kind = Event.Kind
LOGGED = (Kind.NOTE, Kind.EMAIL, Kind.CALL, Kind.INTERVIEW)


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


def edit_event(
    *, event: Event, seen: Event, text: str, is_shared: bool, on: dt.date, by: User, at: dt.datetime
) -> Event:
    """Correct day and words of an entry; a day that would turn the order of the stages round is refused.

    `seen` is the entry as the person saw it when deciding: if it reads otherwise by now, StaleError.
    """
    text = _text(text, needed=event.kind in LOGGED)
    _past(on, by, at)
    with guarded():
        application, event = _lock(event, by)
        if (event.on, event.text, event.is_shared) != (seen.on, seen.text, seen.is_shared):
            raise StaleError("This entry changed in another tab.")
        if event.stage:
            _in_order(event, on)
        event.on, event.text, event.is_shared = on, text, is_shared
        event.save(update_fields=["on", "text", "is_shared"])
        _restate(application, event, at)
    return event


def delete_event(*, event: Event, by: User, at: dt.datetime) -> Application:
    """Take an entry out and return its application; the first one stays, for it says when the application began."""
    with guarded():
        application, event = _lock(event, by)
        if event.kind == Kind.ADDED:
            raise DomainError("The first entry stays. To remove it all, delete the application.")
        following = _stages(event).filter(pk__gt=event.pk).order_by("pk").first() if event.stage else None
        if following:
            following.came_from = event.came_from
            following.save(update_fields=["came_from"])
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
        return restate(application=application, at=at)
    _touch(application, at)
    return application


def _touch(application: Application, at: dt.datetime) -> None:
    application.updated_at = at
    application.save(update_fields=["updated_at"])


def _stages(event: Event) -> QuerySet[Event]:
    return Event.objects.filter(application=event.application_id).exclude(stage="")


def _in_order(event: Event, on: dt.date) -> None:
    """Refuse a day before the stage that came before, or after the one that came after."""
    before = _stages(event).filter(pk__lt=event.pk).order_by("-pk").first()
    after = _stages(event).filter(pk__gt=event.pk).order_by("pk").first()
    if before and on < before.on:
        raise DomainError(f"{_label(before)} is on {full_day(before.on)}. Enter that day or a later one.", field="on")
    if after and on > after.on:
        raise DomainError(f"{_label(after)} is on {full_day(after.on)}. Enter that day or an earlier one.", field="on")


def _label(event: Event) -> str:
    return look(event.stage, event.outcome).label


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
