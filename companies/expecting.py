"""When something is expected to open, by when it opened or was first seen in earlier years. Pure."""

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from companies.terms import summer

_BACK = dt.timedelta(days=150)
"""An application year of a summer begins five months before its window does, when the first postings are seen."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The middle day, the earliest and the latest one if it is as in other years, and on how many years this rests."""

    middle: dt.date
    earliest: dt.date
    latest: dt.date
    n: int

    @property
    def words(self) -> str:
        """In words: "about 14 Sep, between 1 Sep and 3 Oct in 3 years", "about 14 Sep, as in one year"."""
        about = f"about {_day(self.middle)}"
        if self.n == 1:
            return f"{about}, as in one year"
        if self.earliest == self.latest:
            return f"{about}, as in {self.n} years"
        return f"{about}, between {_day(self.earliest)} and {_day(self.latest)} in {self.n} years"


def expected(openings: Mapping[int, dt.date], year: int) -> Expected | None:
    """Return when it may open for the summer of a year; openings: summer -> the first day known of it.

    The year itself and later ones say nothing of it. Days are counted from the usual opening of each window, so that a
    leap day moves nothing by more than one.
    """
    earlier = [day - summer(of).opens_on for of, day in openings.items() if of < year]
    if not earlier:
        return None
    opens_on, days = summer(year).opens_on, sorted(earlier)
    middle = dt.timedelta(days=round(statistics.median(one.days for one in days)))
    return Expected(opens_on + middle, opens_on + days[0], opens_on + days[-1], len(days))


def first_seen(days: Iterable[tuple[int, dt.date]]) -> dict[int, dt.date]:
    """Return summer -> the first day on which a posting for it was seen, of those within that summer's year."""
    found: dict[int, dt.date] = {}
    for year, day in days:
        window = summer(year)
        if window.opens_on - _BACK <= day <= window.starts_on and day <= found.get(year, day):
            found[year] = day
    return found


@dataclass(frozen=True, slots=True)
class Miss:
    """By how many days the last year came later than expected, and later than the usual opening of its window."""

    days: int
    days_of_usual: int


def misses(histories: Iterable[Mapping[int, dt.date]]) -> list[Miss]:
    """Leave the last year of each history out and expect it from those before; one year alone says nothing."""
    found = []
    for openings in histories:
        last = max(openings, default=0)
        told = expected(openings, last)
        if told:
            came = openings[last]
            found.append(Miss((came - told.middle).days, (came - summer(last).opens_on).days))
    return found


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b}"
