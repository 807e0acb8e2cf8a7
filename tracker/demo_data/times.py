"""The days of a student's story: counted from the day of loading, the past negative."""

import datetime as dt

from accounts.models import User
from tracker.demo_data.shapes import workday

_NOON = dt.time(12, tzinfo=dt.UTC)


class Days:
    """One student's days around the instant of loading."""

    def __init__(self, student: User, *, at: dt.datetime) -> None:
        """Begin from the day that it is for the student."""
        self.student = student
        self.at = at
        self.today = at.astimezone(student.tz).date()

    def day(self, days: int) -> dt.date:
        """Return the working day so many days away."""
        return workday(self.today, days)

    def noon(self, days: int) -> dt.datetime:
        """Return noon of that day, or the instant of loading if that is earlier."""
        return self.noon_of(self.day(days))

    def noon_of(self, on: dt.date) -> dt.datetime:
        """Return noon of a day, or the instant of loading if that is earlier."""
        return min(dt.datetime.combine(on, _NOON), self.at)
