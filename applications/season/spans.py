"""How a span of days reads in a plan: by months, or by days when it is short or exact. Pure."""

import datetime as dt

from tracker.lib.dates import MONTHS

_FAR = dt.timedelta(days=320)
_SHORT = dt.timedelta(days=14)
_TO = "\N{EN DASH}"


def span_words(begins_on: dt.date, ends_on: dt.date, on: dt.date, *, is_exact: bool = False) -> str:
    """Return months for a long span, days for a short or an exact one; the year only when it is far away."""
    words = _days(begins_on, ends_on) if is_exact or ends_on - begins_on <= _SHORT else _months(begins_on, ends_on)
    return f"{words} {ends_on.year}" if abs(ends_on - on) > _FAR else words


def _days(begins_on: dt.date, ends_on: dt.date) -> str:
    last = f"{ends_on.day} {_month(ends_on)}"
    if begins_on == ends_on:
        return last
    if (begins_on.year, begins_on.month) == (ends_on.year, ends_on.month):
        return f"{begins_on.day}{_TO}{last}"
    return f"{begins_on.day} {_month(begins_on)}{_TO}{last}"


def _months(begins_on: dt.date, ends_on: dt.date) -> str:
    first, last = _month(begins_on), _month(ends_on)
    return first if (begins_on.year, begins_on.month) == (ends_on.year, ends_on.month) else f"{first}{_TO}{last}"


def _month(day: dt.date) -> str:
    return MONTHS[day.month - 1][:3]
