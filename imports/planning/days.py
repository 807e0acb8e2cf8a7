"""Days as people write them, and whether day or month comes first. Pure."""

import datetime as dt
import re

from tracker.lib.dates import MONTHS
from tracker.lib.fields import FIRST_DAY, LAST_DAY

_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}\S*(?: ?[AaPp]\.?[Mm]\.?)?(?: \S{1,6})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.] ?| )(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_DAY_MONTH = re.compile(
    rf"(?:[^\W\d]+\.?,? )?(\d{{1,2}})(?:[a-z]{{2}}|\.)?[ -]*([^\W\d]{{3,9}})\.?,?[ -]*(\d{{4}}){_TIME}"
)
_MONTH_DAY = re.compile(rf"(?:[^\W\d]+\.?,? )?([^\W\d]{{3,9}})\.? ?(\d{{1,2}})(?:[a-z]{{2}})?,? (\d{{4}}){_TIME}")
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_YEAR_DIGITS, _MOST_MONTHS, _CENTURY, _LONGEST = 4, 12, 2_000, 60

DAY_FIRST, MONTH_FIRST, UNCLEAR = "day", "month", "unclear"


def clue(text: str) -> str:
    """Return which of day and month this text shows to come first: DAY_FIRST, MONTH_FIRST, UNCLEAR; else nothing.

    Dots stand between day, month and year in that order everywhere.
    """
    if not text[:1].isdigit():
        return ""
    match = _NUMBERS.fullmatch(text.strip())
    if not match or "." in match[2]:
        return ""
    first, second = int(match[1]), int(match[3])
    if first == second or not (0 < first <= 31 and 0 < second <= 31):  # noqa: PLR2004 - days of a month
        return ""
    if first > _MOST_MONTHS or second > _MOST_MONTHS:
        return DAY_FIRST if first > _MOST_MONTHS else MONTH_FIRST
    return UNCLEAR


def told_by(clues: set[str]) -> bool | None:
    """Return whether the day comes first, as the clues of some columns tell; None where the person must say so."""
    if {DAY_FIRST, MONTH_FIRST} <= clues or clues == {UNCLEAR}:
        return None
    return MONTH_FIRST not in clues


def read_day(text: str, *, day_first: bool) -> dt.date | None:
    """Return the day that a text names, whatever time of day follows; None when it names none."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        year += _CENTURY if len(match[4]) < _YEAR_DIGITS else 0
        return _day(year, second, first) if day_first or "." in match[2] else _day(year, first, second)
    if match := _DAY_MONTH.fullmatch(text):
        return _day(int(match[3]), _MONTH_NUMBERS.get(match[2][:3].lower(), 0), int(match[1]))
    if match := _MONTH_DAY.fullmatch(text):
        return _day(int(match[3]), _MONTH_NUMBERS.get(match[1][:3].lower(), 0), int(match[2]))
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None
