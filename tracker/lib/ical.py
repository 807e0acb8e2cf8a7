"""Writes calendars by the letter of RFC 5545. Pure; the same entries give the same bytes."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from tracker.lib.vtimezone import vtimezone

CONTENT_TYPE = "text/calendar; charset=utf-8"
_OCTETS = 75
_DAY = dt.timedelta(days=1)
_BREAK = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_TO_ESCAPE = re.compile(r"[\\;,]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: instants with the zone of their clock, or the first and the last day.

    Of two entries of one UID the one with the greater `sequence` is the later. `stamped` is when it last changed.
    """

    uid: str
    sequence: int
    stamped: dt.datetime
    title: str
    begins: dt.date | dt.datetime
    ends: dt.date | dt.datetime
    is_off: bool = False
    place: str = ""
    about: str = ""
    url: str = ""
    alarm: dt.timedelta | None = None


def calendar(entries: Sequence[Entry], *, head: Iterable[str] = ()) -> bytes:
    """Return a calendar; head: lines about it as a whole."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waymark//Waymark//EN", *head]
    for zone, years in sorted(_zones(entries).items()):
        lines += vtimezone(zone, *years)
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(map(fold, lines)).encode()


def escape(text: str) -> str:
    """Return a TEXT value: any line break is one, and what no calendar can hold is left out."""
    broken = _CONTROL.sub("", _BREAK.sub("\n", text))
    return _TO_ESCAPE.sub(r"\\\g<0>", broken).replace("\n", "\\n")


def fold(line: str) -> str:
    """Return a content line with its end, broken between letters so that none is over 75 octets."""
    if len(line) <= _OCTETS and line.isascii():
        return f"{line}\r\n"
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _OCTETS:
            parts.append("")
            size = 1  # the space that a continuation begins with
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts) + "\r\n"


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_utc(entry.stamped)}"
    yield f"LAST-MODIFIED:{_utc(entry.stamped)}"
    yield f"SUMMARY:{escape(entry.title)}"
    yield f"STATUS:{'CANCELLED' if entry.is_off else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield from _when(entry)
    yield from _more(entry)
    yield "END:VEVENT"


def _when(entry: Entry) -> Iterator[str]:
    """Tell the days, which take nobody's time, or the wall times of the zone."""
    if not isinstance(entry.begins, dt.datetime):
        yield f"DTSTART;VALUE=DATE:{entry.begins:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.ends + _DAY:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    yield f"DTSTART{_clock(entry, entry.begins)}"
    yield f"DTEND{_clock(entry, cast('dt.datetime', entry.ends))}"


def _more(entry: Entry) -> Iterator[str]:
    if entry.place:
        yield f"LOCATION:{escape(entry.place)}"
    if entry.about:
        yield f"DESCRIPTION:{escape(entry.about)}"
    if entry.url:
        yield f"URL:{entry.url}"
    if entry.alarm and not entry.is_off:
        minutes = entry.alarm // dt.timedelta(minutes=1)
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(entry.title)}")
        yield from (f"TRIGGER:-PT{minutes}M", "END:VALARM")


def _clock(entry: Entry, moment: dt.datetime) -> str:
    zone = _zone(entry)
    return f";TZID={zone}:{moment:%Y%m%dT%H%M%S}" if zone else f":{_utc(moment)}"


def _zone(entry: Entry) -> str:
    """Return the zone of an entry's wall times; nothing where they are written in UTC.

    That is so when one of them comes twice, because the clock was set back: a reader would take the first.
    """
    begins, ends = entry.begins, entry.ends
    if not isinstance(begins, dt.datetime) or not isinstance(begins.tzinfo, ZoneInfo):
        return ""
    key = begins.tzinfo.key
    return "" if begins.fold or cast("dt.datetime", ends).fold or key == "UTC" else key


def _zones(entries: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """Return the zones in use, each with the first and the last year that it is needed for."""
    years: dict[str, tuple[int, int]] = {}
    for entry in entries:
        if zone := _zone(entry):
            first, last = years.get(zone, (entry.begins.year, entry.ends.year))
            years[zone] = min(first, entry.begins.year), max(last, entry.ends.year)
    return years


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
