"""The page of a placement, ready to print."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from applications.models import Made, Placement, PlacementEntry
from tracker.lib.dates import day, full_day

_ICONS = {
    "paper": "file-earmark-text", "code": "table", "patent": "patch-check", "chapter": "book", "talk": "people",
    "other": "sticky",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogLine:
    """One meeting or event."""

    id: str
    on: dt.date
    when: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class MadeLine:
    """One thing that came of it."""

    id: str
    icon: str
    title: str
    meta: str
    url: str


@dataclass(frozen=True, slots=True)
class PlacementPage:
    """The page: when, a part of the log, and what came of it."""

    when: str
    log: list[LogLine]
    more: str
    made: list[MadeLine]


def placement_page(placement: Placement, *, on: dt.date, before: str = "") -> PlacementPage:
    """Gather the page in two queries; the log goes on before the entry with this public id."""
    size = settings.WAYMARK_TIMELINE_PAGE
    stored = placement.pk is not None
    entries = list(_entries(placement, before)[: size + 1]) if stored else []
    return PlacementPage(
        when=_when(placement, on),
        log=[_line(entry, on) for entry in entries[:size]],
        more=entries[size - 1].public_id if len(entries) > size else "",
        made=[_made(made) for made in placement.made.order_by("pk")] if stored else [],
    )


def _entries(placement: Placement, before: str) -> QuerySet[PlacementEntry]:
    entries = placement.entries.order_by("-on", "-pk")
    last = placement.entries.filter(public_id=before).values_list("on", "pk").first() if before else None
    if last is None:
        return entries
    return entries.filter(Q(on__lt=last[0]) | Q(on=last[0], pk__lt=last[1]))


def _when(placement: Placement, on: dt.date) -> str:
    start, end = placement.starts_on, placement.ends_on
    if start is None:
        return "No first day noted yet"
    if on < start:
        return f"Begins on {full_day(start)}, in {(start - on).days} days"
    if end is not None and on > end:
        return f"{full_day(start)} to {full_day(end)}"
    week = (on - start).days // 7 + 1
    of = f" of {((end - start).days) // 7 + 1}" if end else ""
    return f"Week {week}{of}, since {full_day(start)}"


def _line(entry: PlacementEntry, on: dt.date) -> LogLine:
    when = day(entry.on) if entry.on.year == on.year else full_day(entry.on)
    return LogLine(entry.public_id, entry.on, when, entry.get_kind_display(), entry.text)


def _made(made: Made) -> MadeLine:
    since = f"since {full_day(made.on)}" if made.on else ""
    parts = (made.get_kind_display(), made.venue, made.get_state_display().lower(), since)
    meta = ", ".join(part for part in parts if part)
    return MadeLine(made.public_id, _ICONS[made.kind], made.title, meta, made.url)
