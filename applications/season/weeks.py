"""Weeks of a window: they begin on Monday, and the first and the last may be short. Pure."""

import datetime as dt
from collections.abc import Callable

_DAY = dt.timedelta(days=1)
_WEEKEND = 5


def monday(day: dt.date) -> dt.date:
    """Return the Monday of this day's week."""
    return day - dt.timedelta(days=day.weekday())


def count(opens_on: dt.date, closes_on: dt.date) -> int:
    """Return how many weeks the window touches: 18 from 1 October 2026 to 31 January 2027."""
    return (monday(closes_on) - monday(opens_on)).days // 7 + 1


def number(opens_on: dt.date, closes_on: dt.date, on: dt.date) -> int:
    """Return the week of the window in which a day lies: 1 to count; 0 before the window, count + 1 after it."""
    if on < opens_on:
        return 0
    if on > closes_on:
        return count(opens_on, closes_on) + 1
    return (monday(on) - monday(opens_on)).days // 7 + 1


def working_days_after(day: dt.date, days: int, is_free: Callable[[dt.date], bool] | None = None) -> dt.date:
    """Return the day that is this many working days after the given one: Monday to Friday, but for free days.

    >>> working_days_after(dt.date(2026, 10, 26), 10)
    datetime.date(2026, 11, 9)
    """
    later, left = day, days
    while left:
        later += _DAY
        left -= later.weekday() < _WEEKEND and not (is_free and is_free(later))
    return later
