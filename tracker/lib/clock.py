"""The one place that reads the clock; called from views, tasks and commands only."""

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

ANYWHERE_ON_EARTH = "Etc/GMT+12"
"""UTC-12, the zone in which a day ends last ("anywhere on earth"); a fixed offset without daylight saving."""


class HasTimeZone(Protocol):
    """Whoever has a day of their own."""

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which this person's days begin and end."""
        ...


def now() -> dt.datetime:
    """Return the present instant, aware, in UTC."""
    return timezone.now()


def today(person: HasTimeZone) -> dt.date:
    """Return the day it is where this person lives."""
    return now().astimezone(person.tz).date()


def zone_choices() -> list[tuple[str, str]]:
    """Return (zone, label) for a select box: anywhere on earth first, then regions by name."""
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in _REGIONS)
    return [
        (ANYWHERE_ON_EARTH, "Anywhere on earth (UTC-12)"),
        ("UTC", "UTC"),
        *((name, name.replace("_", " ").replace("/", ", ")) for name in names),
    ]


_REGIONS = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}


def instant(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Turn wall time in a zone into an aware UTC instant.

    In a daylight-saving gap the wall time does not exist: the offset before the change is used, so the
    result is never early. In a fold (twice the same wall time) the first one counts. The years 1 and 9999
    are clamped to what UTC can hold.
    """
    local = dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone))
    try:
        return local.astimezone(dt.UTC)
    except OverflowError:
        return local.replace(tzinfo=dt.UTC)
