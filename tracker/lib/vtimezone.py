"""Describes a time zone as calendars want it (RFC 5545, 3.6.5): its changes in the years that matter. Pure."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY, _SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)
_FIRST_YEAR, _LAST_YEAR = 1970, 2200


@lru_cache(maxsize=512)
def vtimezone(zone: str, first: int, last: int) -> tuple[str, ...]:
    """Return the lines of a zone for events of these years, with a year before and after."""
    begins = dt.datetime(max(first - 1, _FIRST_YEAR), 1, 1, tzinfo=dt.UTC)
    ends = dt.datetime(min(last + 2, _LAST_YEAR), 1, 1, tzinfo=dt.UTC)
    tz = ZoneInfo(zone)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *_observance(begins, begins, tz)]
    for before, after in _changes(tz, begins, ends):
        lines += _observance(before, after, tz)
    return (*lines, "END:VTIMEZONE")


def _changes(tz: ZoneInfo, begins: dt.datetime, ends: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield the last second before and the first one after each change; two on one day are not known to history."""
    day = begins
    while day < ends:
        if _told(day, tz) != _told(day + _DAY, tz):
            before, after = day, day + _DAY
            while after - before > _SECOND:
                middle = before + (after - before) // 2
                middle = middle.replace(microsecond=0)
                before, after = (middle, after) if _told(middle, tz) == _told(before, tz) else (before, middle)
            yield before, after
        day += _DAY


def _told(at: dt.datetime, tz: ZoneInfo) -> tuple[dt.timedelta, str, bool]:
    local = at.astimezone(tz)
    return local.utcoffset() or dt.timedelta(), local.tzname() or "", bool(local.dst())


def _observance(before: dt.datetime, after: dt.datetime, tz: ZoneInfo) -> Iterator[str]:
    """Tell what holds after a change; its start is read on the clock as it went before."""
    former, (offset, name, is_summer) = _told(before, tz)[0], _told(after, tz)
    part = "DAYLIGHT" if is_summer else "STANDARD"
    yield f"BEGIN:{part}"
    yield f"DTSTART:{after.replace(tzinfo=None) + former:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(former)}"
    yield f"TZOFFSETTO:{_offset(offset)}"
    yield f"TZNAME:{name}"
    yield f"END:{part}"


def _offset(offset: dt.timedelta) -> str:
    """Return +0100, and +001730 for what was once the time of Amsterdam."""
    seconds = round(abs(offset).total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    sign = "-" if offset < dt.timedelta() else "+"
    return f"{sign}{hours:02}{minutes:02}" + (f"{rest:02}" if rest else "")
