"""When a person's quiet hours end; knows nothing of Django."""

import datetime as dt
from zoneinfo import ZoneInfo

from reminders.days import wall


def quiet_end(at: dt.datetime, zone: str, begins: dt.time, ends: dt.time) -> dt.datetime | None:
    """Return the instant at which the quiet hours around `at` end; None outside of them.

    The hours are wall times and may go over midnight; equal ones mean that there are none.
    """
    local = at.astimezone(ZoneInfo(zone))
    time = local.time()
    within = begins <= time < ends if begins <= ends else time >= begins or time < ends
    if not within:
        return None
    day = local.date() if time < ends else local.date() + dt.timedelta(days=1)
    end = wall(day, ends, zone)
    return end if end > at else None  # the hour that comes twice when clocks go back: its first end counts


def next_morning(at: dt.datetime, zone: str, morning: dt.time) -> dt.datetime:
    """Return the instant of the morning of the day after, as the person's own calendar has it."""
    return wall(at.astimezone(ZoneInfo(zone)).date() + dt.timedelta(days=1), morning, zone)
