"""On which day a pasted mail was sent, as its header says in the ways of the usual mail programs. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tracker.lib.fields import FIRST_DAY

_HEAD = 15
"""Lines among which a header stands; a date further down is about something else."""
_SHORT = 90
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_LABEL = re.compile(r"^\W{0,3}(?:date|sent|received)\W{0,3}:", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:yesterday|today)\b|\bago\)")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?{_MONTH},?(?: (\d{{4}})\b)?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b,?(?: (\d{{4}})\b)?", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)")
_NUMBERS = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")


def day_in_header(lines: Sequence[str], *, on: date) -> date | None:
    """Return the day that a header names, up to this one; a year that is left out is the latest that fits.

    >>> day_in_header(["Priya Rao <priya@kestrel.example>", "Thu, 12 Nov, 09:12 (2 days ago)"], on=date(2026, 11, 14))
    datetime.date(2026, 11, 12)
    """
    head = [" ".join(line.split())[: 2 * _SHORT] for line in lines[:_HEAD]]
    labelled = [line for line in head if _LABEL.match(line)]
    timed = [line for line in head if len(line) <= _SHORT and _CLOCK.search(line)]
    found = (day for line in labelled or timed for day in _days(line, on) if FIRST_DAY <= day <= on)
    return next(found, None)


def _days(line: str, on: date) -> Iterator[date]:
    for match in _ISO.finditer(line):
        yield from _day(int(match[1]), int(match[2]), int(match[3]))
    for match in _DAY_MONTH.finditer(line):
        yield from _in_year(match[3], match[2], int(match[1]), on)
    for match in _MONTH_DAY.finditer(line):
        yield from _in_year(match[3], match[1], int(match[2]), on)
    for match in _NUMBERS.finditer(line):
        first, second, year = (int(part) for part in match.groups())
        if first > len(_MONTHS) or first == second:  # 12/11 is in November here and in December elsewhere
            yield from _day(year, second, first)
        elif second > len(_MONTHS):
            yield from _day(year, first, second)


def _in_year(year: str | None, month: str, day: int, on: date) -> Iterator[date]:
    number = _MONTHS.index(month[:3].lower()) + 1
    for tried in [int(year)] if year else [on.year, on.year - 1]:
        yield from _day(tried, number, day)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
