"""Changes to what a posting asks for: paste its lines, say of each whether it is met, correct it, take it off."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db.models import Max

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.choices import Meets
from applications.models import Application, Requirement
from applications.reading.typed import LONGEST_LINE, read_lines
from tracker.lib.errors import DomainError, StaleError


def add_requirements(*, application: Application, text: str, by: User, at: dt.datetime) -> list[Requirement]:
    """Add each line of a text as a requirement, and return those that were not on the list before."""
    lines = read_lines(text)
    _readable(lines)
    with guarded():
        application = lock_application(application, by)
        present = Requirement.objects.filter(application=application)
        known = {line.casefold() for line in present.values_list("text", flat=True)}
        new = [line for line in lines if line.casefold() not in known]
        most = settings.WAYMARK_REQUIREMENTS_MOST
        if len(known) + len(new) > most:
            has = f"this has {len(new)}" if not known else f"there are {len(known)} already, and this has {len(new)}"
            raise DomainError(f"Keep at most {most} lines; {has}. Paste the ones that matter.", field="lines")
        last = present.aggregate(last=Max("position"))["last"] or 0
        added = Requirement.objects.bulk_create(
            Requirement(application=application, text=line, position=last + place)
            for place, line in enumerate(new, start=1)
        )
        _touch(application, at)
    return added


def tick_requirement(*, requirement: Requirement, meets: str, by: User, at: dt.datetime) -> Requirement:
    """Say whether a requirement is met."""
    if meets not in Meets.values:
        raise DomainError("Choose yes, partly or not yet.", field="meets")
    with guarded():
        application, requirement = _lock(requirement, by)
        if requirement.meets != meets:
            requirement.meets = meets
            requirement.save(update_fields=["meets"])
            _touch(application, at)
    return requirement


def edit_requirement(
    *, requirement: Requirement, seen: Mapping[str, object], text: str, meets: str, by: User, at: dt.datetime
) -> Requirement:
    """Correct a requirement; StaleError when it no longer reads as the person saw it."""
    with guarded():
        application, requirement = _lock(requirement, by)
        if {"text": requirement.text, "meets": requirement.meets} != seen:
            raise StaleError("This line changed in another tab.")
        requirement.text, requirement.meets = text, meets
        requirement.save(update_fields=["text", "meets"])
        _touch(application, at)
    return requirement


def delete_requirement(*, requirement: Requirement, by: User, at: dt.datetime) -> None:
    """Take a requirement off the list; doing it twice is no mistake."""
    with guarded():
        application = lock_application(requirement.application, by)
        if Requirement.objects.filter(application=application, pk=requirement.pk).delete()[0]:
            _touch(application, at)


def _lock(requirement: Requirement, by: User) -> tuple[Application, Requirement]:
    application = lock_application(requirement.application, by)
    fresh = Requirement.objects.filter(application=application, pk=requirement.pk).first()
    if fresh is None:
        raise StaleError("This line was deleted in another tab.")
    return application, fresh


def _readable(lines: list[str]) -> None:
    if not lines:
        raise DomainError("Paste what they ask for, a line each.", field="lines")
    if any("\0" in line for line in lines):
        raise DomainError("Enter plain text.", field="lines")
    longest = max(lines, key=len)
    if len(longest) > LONGEST_LINE:
        raise DomainError(
            f"Use at most {LONGEST_LINE} characters in a line; “{longest[:40]}…” has {len(longest):,}.", field="lines"
        )


def _touch(application: Application, at: dt.datetime) -> None:
    application.updated_at = at
    application.save(update_fields=["updated_at"])
