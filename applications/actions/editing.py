"""Changes to what an application says of itself, and its end; the stage is none of it (see stages)."""

import datetime as dt
from collections.abc import Mapping

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.models import Application, Event
from tracker.lib.errors import StaleError

FIELDS = (
    "role", "kind", "url", "place", "closes_on", "zone", "next_step", "next_step_on", "way_in", "referrer", "on_hold",
    "source", "starts_from", "starts_until", "weeks", "hours", "notes",
)  # fmt: skip


def edit_application(
    *, application: Application, details: Mapping[str, object], version: int, by: User, at: dt.datetime
) -> Application:
    """Change some of the FIELDS; StaleError when the application is no longer the version that was seen."""
    unknown = details.keys() - set(FIELDS)
    if unknown:
        message = f"These are not edited: {', '.join(sorted(unknown))}."
        raise TypeError(message)
    with guarded():
        fresh = lock_application(application, by)
        if fresh.version != version:
            raise StaleError(f"This changed at {fresh.updated_at.astimezone(by.tz):%H:%M} in another tab.")
        changed = [name for name, value in details.items() if getattr(fresh, name) != value]
        if not changed:
            return fresh
        for name in changed:
            setattr(fresh, name, details[name])
        fresh.version += 1
        fresh.updated_at = at
        fresh.save(update_fields=[*changed, "version", "updated_at"])
        _record(fresh, changed, by, at)
    return fresh


def delete_application(*, application: Application, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told when
    """Delete an application with its timeline and rounds; doing it twice is no mistake."""
    with guarded():
        Application.objects.visible_to(by).filter(pk=application.pk).delete()


def _record(application: Application, changed: list[str], by: User, at: dt.datetime) -> None:
    fields = {field.name: field.verbose_name for field in Application._meta.concrete_fields}
    names = ", ".join(str(fields[name]) for name in changed)
    on = at.astimezone(by.tz).date()
    Event.objects.create(application=application, kind=Event.Kind.EDIT, on=on, text=f"Edited: {names}", by=by)
