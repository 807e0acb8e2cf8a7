"""Changes to placements: the facts, the log of meetings and events, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.models import Application, Made, Placement, PlacementEntry
from applications.stage import Outcome
from tracker.lib.errors import DomainError, StaleError

FIELDS = ("mentor", "buddy", "goal", "starts_on", "ends_on", "place", "looking_back", "is_shared", "tells_group")


def begin_placement(*, application: Application, by: User) -> Placement:
    """Return the placement of an accepted application; the first time it is filled from the offer."""
    with guarded():
        application = lock_application(application, by)
        if application.outcome != Outcome.ACCEPTED:
            raise DomainError("Accept the offer first.")
        known = Placement.objects.visible_to(by).filter(application=application).first()
        if known:
            return known
        offer = getattr(application, "offer", None)
        facts = {
            "mentor": offer.mentor if offer else "",
            "goal": offer.project if offer else "",
            "starts_on": offer.starts_on if offer else application.starts_from,
            "ends_on": offer.ends_on if offer else None,
            "place": (offer.place if offer else "") or application.place,
        }
        return Placement.objects.create(application=application, **facts)


def edit_placement(
    *, placement: Placement, details: Mapping[str, object], version: int, by: User, at: dt.datetime
) -> Placement:
    """Change some facts; StaleError when it is no longer the version that was seen."""
    unknown = details.keys() - set(FIELDS)
    if unknown:
        message = f"A placement has no {', '.join(sorted(unknown))}."
        raise TypeError(message)
    with guarded():
        fresh = _lock(placement, by)
        if fresh.version != version:
            raise StaleError("This placement changed in another tab.")
        for name, value in details.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.updated_at = at
        fresh.save()
    return fresh


def log_placement(*, placement: Placement, kind: str, on: dt.date, text: str, by: User) -> PlacementEntry:
    """Log a meeting or an event; the same one again, as a double click sends it, is not logged twice."""
    with guarded():
        placement = _lock(placement, by)
        text = _plain(text)
        same = {"placement": placement, "kind": kind, "on": on, "text": text}
        known = PlacementEntry.objects.filter(**same).order_by("pk").first()
        return known or PlacementEntry.objects.create(**same)


def add_made(*, placement: Placement, details: Mapping[str, Any], by: User) -> Made:
    """Note what came of it; the same one again is not noted twice."""
    with guarded():
        placement = _lock(placement, by)
        known = Made.objects.filter(placement=placement, **details).order_by("pk").first()
        return known or Made.objects.create(placement=placement, **details)


def edit_line(*, line: PlacementEntry | Made, details: Mapping[str, object], by: User) -> PlacementEntry | Made:
    """Correct one entry of the log, or one outcome."""
    with guarded():
        fresh = _lock_line(line, by)
        for name, value in details.items():
            setattr(fresh, name, value)
        fresh.save(update_fields=list(details))
    return fresh


def delete_line(*, line: PlacementEntry | Made, by: User) -> None:
    """Take one out; doing it twice is no mistake."""
    with guarded():
        type(line).objects.visible_to(by).filter(pk=line.pk).delete()


def _lock(placement: Placement, by: User) -> Placement:
    mine = Placement.objects.visible_to(by).select_for_update(of=("self",))
    fresh = mine.select_related("application__company").filter(pk=placement.pk).first()
    if fresh is None:
        raise StaleError("This placement was deleted in another tab.")
    return fresh


def _lock_line(line: PlacementEntry | Made, by: User) -> PlacementEntry | Made:
    fresh = type(line).objects.visible_to(by).select_for_update(of=("self",)).filter(pk=line.pk).first()
    if fresh is None:
        raise StaleError("This was deleted in another tab.")
    return fresh


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError("Enter what happened.", field="text")
    return text
