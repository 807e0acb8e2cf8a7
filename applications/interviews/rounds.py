"""What an interview round says about itself: times in two zones, links, clashes. Pure."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.dates import day

_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Slot:
    """When a round is: wall time where it is held; each part may still be unknown."""

    on: dt.date | None
    minutes: int | None
    zone: str
    starts_at: dt.datetime | None

    @property
    def ends_at(self) -> dt.datetime | None:
        """The end, when start and length are known."""
        return self.starts_at + dt.timedelta(minutes=self.minutes) if self.starts_at and self.minutes else None


def city(zone: str) -> str:
    """Return how people call a zone: London, Los Angeles, anywhere on earth."""
    if zone == ANYWHERE_ON_EARTH:
        return "anywhere on earth"
    return zone.rpartition("/")[2].replace("_", " ")


def span(slot: Slot, zone: ZoneInfo) -> str:
    """Return "15:00", or "15:00 to 16:00" when the length is known, on the clock of a zone; empty without a start."""
    if slot.starts_at is None:
        return ""
    start = f"{slot.starts_at.astimezone(zone):%H:%M}"
    return f"{start} to {slot.ends_at.astimezone(zone):%H:%M}" if slot.ends_at else start


def both_times(slot: Slot, own: ZoneInfo) -> str:
    """Return "15:00 to 16:00 London, 07:00 Los Angeles": theirs, then the reader's, with its day if it is another."""
    if slot.starts_at is None or slot.on is None:
        return ""
    theirs, mine = slot.starts_at.astimezone(ZoneInfo(slot.zone)), slot.starts_at.astimezone(own)
    text = f"{span(slot, ZoneInfo(slot.zone))} {city(slot.zone)}"
    if theirs.utcoffset() == mine.utcoffset():
        return text
    other_day = f" on {day(mine.date())}" if mine.date() != theirs.date() else ""
    return f"{text}, {mine:%H:%M} {city(own.key)}{other_day}"


def link_of(place: str) -> str:
    """Return the place when it is a web address, the only kind of text that becomes a link; else nothing."""
    text = place.strip()
    if not text.lower().startswith(_SCHEMES) or not text.isprintable() or " " in text:
        return ""
    try:
        return text if urlsplit(text).hostname else ""
    except ValueError:
        return ""


def clash(slot: Slot, other: Slot, margin: dt.timedelta) -> bool:
    """Say whether two rounds leave less than a margin between them, or overlap."""
    if slot.starts_at is None or other.starts_at is None:
        return False
    first, second = sorted((slot, other), key=lambda s: s.starts_at or dt.datetime.max.replace(tzinfo=dt.UTC))
    begins, ends = second.starts_at, first.ends_at or first.starts_at
    return begins is not None and ends is not None and (begins - ends < margin)
