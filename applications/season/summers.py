"""Which summer lies in which year of the PhD. Pure."""

import datetime as dt
from dataclasses import dataclass

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SHOWN, _END, _MIDDLE = 4, 8, 4


@dataclass(frozen=True, slots=True)
class Summer:
    """One summer, and where in the PhD it lies; `suits` when it is one of those that suit most people."""

    year: int
    words: str
    suits: bool


def summer_words(phd_started_on: dt.date, year: int) -> str:
    """Return "end of your third year"; nothing for a summer before the PhD, or ten years into it.

    >>> summer_words(dt.date(2024, 10, 1), 2027)
    'end of your third year'
    """
    months = _months(phd_started_on, year)
    if not 0 <= months < len(_ORDINALS) * 12:
        return ""
    whole, rest = divmod(months, 12)
    part = "end" if rest >= _END else "middle" if rest >= _MIDDLE else "start"
    return f"{part} of your {_ORDINALS[whole]} year"


def summers(phd_started_on: dt.date, chosen: int) -> list[Summer]:
    """Return the first four summers of the PhD, and the chosen one if it comes later."""
    first = phd_started_on.year + (_months(phd_started_on, phd_started_on.year) < 0)
    years = sorted({*range(first, first + _SHOWN), *([chosen] if chosen > first else [])})
    found = [(year, summer_words(phd_started_on, year)) for year in years]
    return [Summer(year, words, suits=_months(phd_started_on, year) // 12 in {1, 2}) for year, words in found if words]


def _months(phd_started_on: dt.date, year: int) -> int:
    """Whole months from the start of the PhD to the first of July; negative before it."""
    day = dt.date(year, 7, 1)
    return (day.year - phd_started_on.year) * 12 + day.month - phd_started_on.month - (day.day < phd_started_on.day)
