"""The timeline of one application, newest first, and the days on which it entered each stage."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from applications.models import Application, Event
from applications.queries.sql import objects
from applications.stage import LOOKS, OUTCOME_LABELS, Outcome, Stage, look, uncapped
from tracker.lib.dates import short_day
from tracker.lib.ids import read_public_id

Kind = Event.Kind
_ICONS = {
    Kind.ADDED: "bookmark",
    Kind.NOTE: "sticky",
    Kind.EMAIL: "envelope",
    Kind.CALL: "telephone",
    Kind.INTERVIEW: "calendar-event",
    Kind.ROUND: "chat-square-text",
}
LOGGED = {Kind.NOTE, Kind.EMAIL, Kind.CALL, Kind.INTERVIEW}


_NEWEST = "WHERE t.application_id = %(id)s AND t.kind <> 'edit' ORDER BY t.on DESC, t.id DESC LIMIT %(size)s"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline, ready to print; `sharing` is empty where sharing is not about the entry."""

    id: str
    icon: str
    title: str
    text: str
    on: dt.date
    when: str
    sharing: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some entries, and the id after which earlier ones follow (empty: these are the last)."""

    entries: list[Entry]
    earlier: str


def timeline(application: Application, *, today: dt.date, before: str = "") -> Timeline:
    """Return the newest entries, or those before the entry with this public id."""
    size = settings.WAYMARK_TIMELINE_PAGE
    if read_public_id(before):
        events = Event.objects.filter(_before(application, before), application=application).exclude(kind=Kind.EDIT)
        found = list(events.order_by("-on", "-pk")[: size + 1])
    else:
        found = objects(Event, _NEWEST, {"id": application.pk, "size": size + 1})
    entries = [entry(event, today=today) for event in found[:size]]
    return Timeline(entries, entries[-1].id if len(found) > size else "")


def _before(application: Application, public_id: str) -> Q:
    place = Event.objects.filter(application=application, public_id=public_id).values_list("on", "pk").first()
    return Q(on__lt=place[0]) | Q(on=place[0], pk__lt=place[1]) if place else Q()


def entry(event: Event, *, today: dt.date) -> Entry:
    """Tell one event; an event of a round brings its title as its first line."""
    title, text = _title(event), event.text
    if event.kind == Kind.ROUND:
        title, _, text = event.text.partition("\n")
    sharing = ("Shared" if event.is_shared else "Only you") if event.kind in LOGGED or event.is_shared else ""
    icon = _ICONS.get(Kind(event.kind)) or look(event.stage, event.outcome).icon
    when = near_day(event.on, today)
    return Entry(event.public_id, icon, title, text.strip(), event.on, when, sharing)


def _title(event: Event) -> str:
    """Return "Moved to Applied", "Closed: no reply", "Reopened, in Applied", "Added, in Preparing"."""
    if event.kind not in {Kind.STAGE, Kind.ADDED}:
        return str(Kind(event.kind).label)
    stage = LOOKS[event.stage].label
    if event.kind == Kind.ADDED:
        return f"Added, in {stage}"
    if event.stage == Stage.CLOSED:
        return f"Closed: {uncapped(OUTCOME_LABELS.get(event.outcome, ''))}"
    if event.outcome == Outcome.ACCEPTED:
        return "You accepted the offer"
    return f"Reopened, in {stage}" if event.came_from == Stage.CLOSED else f"Moved to {stage}"


def near_day(on: dt.date, today: dt.date) -> str:
    """Return "12 Nov", with its year when that is another one."""
    return short_day(on) if on.year == today.year else f"{short_day(on)} {on.year}"


def stage_days(steps: Iterable[tuple[str, dt.date]]) -> dict[str, dt.date]:
    """Return the day on which each stage was entered last, in the order of entering; Closed is one of them.

    `steps` are stage and day of the events that name a stage, by day, and within a day as they were recorded.
    """
    days: dict[str, dt.date] = {}
    present = ""
    for stage, on in steps:
        if stage != present:
            days.pop(stage, None)
            days[stage] = on
        present = stage
    return days
