"""Changes to what an application says of itself, its copy and its end; the stage is none of it (see stages)."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.conf import settings

from accounts.models import User
from applications.actions.adding import added_before, check_team
from applications.actions.guarding import guarded, lock_application
from applications.models import Application, Event, Requirement
from applications.reading.typed import LONGEST_TAG
from applications.stage import Stage
from companies.actions import stay
from tracker.lib.errors import DomainError, StaleError

# What a copy takes along: what is true of the role, nothing of what happened with it.
OF_THE_ROLE = (
    "role", "kind", "url", "place", "closes_on", "zone", "source", "season_id", "starts_from", "starts_until", "weeks",
    "hours", "tags", "posting_text", "team_id", "closeness", "could_become", "reasons",
)  # fmt: skip
FIELDS = (*OF_THE_ROLE, "next_step", "next_step_on", "way_in", "referrer", "on_hold", "hold_until", "notes")


def edit_application(
    *,
    application: Application,
    details: Mapping[str, object],
    version: int,
    by: User,
    at: dt.datetime,
    seen: Mapping[str, object] | None = None,
) -> Application:
    """Change some of the FIELDS; StaleError when the application is no longer the version that was seen.

    With `seen`, what some of them read when the person began, only those make an edit stale: two tabs that change two
    sections of one page do not get in each other's way.
    """
    _known(details)
    with guarded():
        fresh = lock_application(application, by)
        if fresh.version != version and (seen is None or _differ(fresh, seen)):
            raise StaleError(f"This changed at {fresh.updated_at.astimezone(by.tz):%H:%M} in another tab.")
        changed = _differ(fresh, details)
        if not changed:
            return fresh
        for name in changed:
            setattr(fresh, name, details[name])
        if "way_in" in changed:
            fresh.date_referral(at.astimezone(by.tz).date())
        _fits(fresh, changed)
        fresh.version += 1
        fresh.updated_at = at
        fresh.save(update_fields=[*changed, "referral_on", "version", "updated_at"])
        _record(fresh, changed, by, at)
    return fresh


def finish_next_step(*, application: Application, by: User, at: dt.datetime) -> Event | None:
    """Take the next step off, and return the note in the timeline that says it was done; None without a next step."""
    with guarded():
        fresh = lock_application(application, by)
        step = fresh.next_step
        if not step and fresh.next_step_on is None:
            return None
        fresh.next_step, fresh.next_step_on = "", None
        fresh.version += 1
        fresh.updated_at = at
        fresh.save(update_fields=["next_step", "next_step_on", "version", "updated_at"])
        return _event(fresh, Event.Kind.NOTE, f"Done: {step or 'the next step'}", by=by, at=at)


def duplicate_application(
    *, application: Application, request_key: uuid.UUID, by: User, at: dt.datetime
) -> Application:
    """Copy the role, what fits and what it asks for into a new application at Interested, and return that.

    A second request with the same key, which is what a double click sends, gets the first one's copy.
    """
    with guarded():
        stay()  # a merge would wait for this application, whose copy would wait for the merge
        fresh = lock_application(application, by)
        known = added_before(by, request_key)
        if known:
            return known
        details = {name: getattr(fresh, name) for name in OF_THE_ROLE}
        copy = Application(student=by, company_id=fresh.company_id, posting_id=fresh.posting_id, **details)
        copy.request_key, copy.stage, copy.stage_since = request_key, Stage.INTERESTED, at.astimezone(by.tz).date()
        copy.save(force_insert=True)
        _event(copy, Event.Kind.ADDED, "", by=by, at=at, stage=copy.stage)
        asked = Requirement.objects.filter(application=fresh).order_by("position", "pk")
        Requirement.objects.bulk_create(
            Requirement(application=copy, text=one.text, meets=one.meets, position=one.position) for one in asked
        )
    return copy


def delete_application(*, application: Application, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told when
    """Delete an application with its timeline and rounds; doing it twice is no mistake."""
    with guarded():
        Application.objects.visible_to(by).filter(pk=application.pk).delete()


def _known(details: Mapping[str, object]) -> None:
    unknown = details.keys() - set(FIELDS)
    if unknown:
        message = f"These are not edited: {', '.join(sorted(unknown))}."
        raise TypeError(message)


def _differ(application: Application, values: Mapping[str, object]) -> list[str]:
    return [name for name, value in values.items() if getattr(application, name) != value]


def _fits(application: Application, changed: list[str]) -> None:
    """Refuse what the fields alone cannot know: a team of another company, too many tags."""
    if "team_id" in changed:
        check_team(application)
    most = settings.WAYMARK_TAGS_MOST
    if "tags" in changed and (len(application.tags) > most or any(len(tag) > LONGEST_TAG for tag in application.tags)):
        raise DomainError(f"Use at most {most} tags of at most {LONGEST_TAG} characters.", field="tags")


def _record(application: Application, changed: list[str], by: User, at: dt.datetime) -> None:
    fields = {field.attname: field.verbose_name for field in Application._meta.concrete_fields}
    names = ", ".join(str(fields[name]) for name in changed)
    _event(application, Event.Kind.EDIT, f"Edited: {names}", by=by, at=at)


def _event(application: Application, kind: str, text: str, *, by: User, at: dt.datetime, stage: str = "") -> Event:
    on = at.astimezone(by.tz).date()
    return Event.objects.create(application=application, kind=kind, on=on, text=text, stage=stage, by=by)
