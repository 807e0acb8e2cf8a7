"""Spreads the preparation of a round over the days that are left. Pure."""

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


def is_weekend(day: dt.date) -> bool:
    """Say whether a day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def days_left(today: dt.date, on: dt.date | None, *, weekends: bool) -> list[dt.date]:
    """Return the days from today to the one before the round, or today when the round is today.

    Without a date, or after it, there are none. Saturdays and Sundays are left out unless they are chosen, or all there
    is.
    """
    if on is None or on < today:
        return []
    days = [today + n * _DAY for n in range(max(1, (on - today).days))]
    return days if weekends else [day for day in days if not is_weekend(day)] or days


def spread(minutes: Sequence[int], days: Sequence[dt.date]) -> list[dt.date | None]:
    """Return a day for each item, in their order: an item goes where its middle falls when the days share the minutes.

    So no day has more than an even share and the longest item together; without days, no item has one.
    """
    if not days:
        return [None] * len(minutes)
    lengths = [max(1, length) for length in minutes]
    total = sum(lengths)
    ends = accumulate(lengths)
    return [days[(2 * end - length) * len(days) // (2 * total)] for length, end in zip(lengths, ends, strict=True)]
