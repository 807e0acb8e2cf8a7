"""What a search took, week by week: what was sent, and the time of what was prepared. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from applications.insights.drawing import Bar
from tracker.lib.dates import short_day

_HOUR = 60
WEEKS = 26
"""The most weeks that are shown."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday: how many were sent, and the minutes of the lines of preparation that were ticked."""

    monday: dt.date
    sent: int
    minutes: int

    @property
    def hours(self) -> float:
        """The time of what was prepared, in hours, to the half."""
        return round(2 * self.minutes / _HOUR) / 2


def sentence(weeks: Sequence[Week]) -> str:
    """Say what it comes to."""
    if not weeks:
        return "Nothing was sent or prepared yet."
    sent, hours = sum(week.sent for week in weeks), round(sum(week.minutes for week in weeks) / _HOUR)
    return f"{sent} sent and {hours} hours of preparation in {len(weeks)} week{'s' * (len(weeks) != 1)} with either."


def bars(weeks: Sequence[Week]) -> list[Bar]:
    """Draw the hours of each week against the fullest one; beside it stands what was sent."""
    most = max((week.minutes for week in weeks), default=0) or 1
    return [
        Bar(short_day(week.monday), week.sent, f"{100 * week.minutes / most:.1f}", "0.0", f"{week.hours:g} h")
        for week in weeks
    ]
