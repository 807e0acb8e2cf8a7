"""Team matching: conversations with several teams within one application, of which at most one is matched."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.models import Application, Event, TeamTalk
from tracker.lib.errors import DomainError, StaleError

FIELDS = ("team", "name", "people", "project", "link", "talked_on", "state", "interest", "notes")

State = TeamTalk.State


def add_talk(*, application: Application, details: Mapping[str, object], by: User, at: dt.datetime) -> TeamTalk:
    """Add a team to talk to; the other half of a double click gets the first one's."""
    with guarded():
        application = lock_application(application, by)
        since = at - settings.WAYMARK_SAME_CLICK
        known = TeamTalk.objects.filter(application=application, created_at__gte=since, **details).first()
        if known:
            return known
        talk = TeamTalk(application=application)
        _fill(talk, details)
        talk.save(force_insert=True)
        _told(talk, "", by, at)
    return talk


def edit_talk(*, talk: TeamTalk, details: Mapping[str, object], version: int, by: User, at: dt.datetime) -> TeamTalk:
    """Change a conversation; StaleError when it is no longer the version that was seen."""
    with guarded():
        lock_application(talk.application, by)
        fresh = TeamTalk.objects.visible_to(by).filter(pk=talk.pk).first()
        if fresh is None:
            raise StaleError("This team was deleted in another tab.")
        if fresh.version != version:
            raise StaleError("This team changed in another tab.")
        if all(getattr(fresh, name) == details[name] for name in FIELDS):
            return fresh
        before = fresh.state
        _fill(fresh, details)
        fresh.version += 1
        fresh.updated_at = at
        fresh.save()
        _told(fresh, before, by, at)
    return fresh


def delete_talk(*, talk: TeamTalk, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told when
    """Take a team off the list; doing it twice is no mistake."""
    with guarded():
        lock_application(talk.application, by)
        TeamTalk.objects.visible_to(by).filter(pk=talk.pk).delete()


def _fill(talk: TeamTalk, details: Mapping[str, object]) -> None:
    for name in FIELDS:
        setattr(talk, name, details[name])
    if talk.state == State.MATCHED:
        others = TeamTalk.objects.filter(application=talk.application_id, state=State.MATCHED).exclude(pk=talk.pk)
        if (other := others.first()) is not None:
            raise DomainError(f"{other.name} is matched already. Change that one first.", field="state")


def _told(talk: TeamTalk, before: str, by: User, at: dt.datetime) -> None:
    """Tell the timeline when a team is matched, or no longer is; the steps before that are the student's own."""
    Application.objects.filter(pk=talk.application_id).update(updated_at=at)
    if State.MATCHED not in {talk.state, before} or talk.state == before:
        return
    text = f"Matched with {talk.name}" if talk.state == State.MATCHED else f"No longer matched with {talk.name}"
    on = at.astimezone(by.tz).date()
    Event.objects.create(application_id=talk.application_id, kind=Event.Kind.ROUND, on=on, text=text, by=by)
