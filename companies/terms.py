"""Terms as postings name them ("Summer 2027"), the usual start of each, and the summer one applies for. Pure."""

import datetime as dt
import re
from dataclasses import dataclass

# Month in which each usually starts; American postings say "Fall".
_STARTS = {"Winter": 1, "Spring": 3, "Summer": 6, "Fall": 9}
_TERM = re.compile(r"(winter|spring|summer|fall|autumn)\s+(\d{4})", re.IGNORECASE)

# An application year ends in July: who writes in August means the summer after.
_NEW_YEAR = 8


@dataclass(frozen=True, slots=True)
class Summer:
    """A season of internships with its default window, 1 October to 31 January before it."""

    name: str
    slug: str
    opens_on: dt.date
    closes_on: dt.date
    starts_on: dt.date


def summer(year: int) -> Summer:
    """Return the summer of this year."""
    return Summer(
        name=f"Summer {year}",
        slug=f"summer-{year}",
        opens_on=dt.date(year - 1, 10, 1),
        closes_on=dt.date(year, 1, 31),
        starts_on=dt.date(year, 6, 1),
    )


def summer_applied_for(day: dt.date) -> int:
    """Return the year of the summer that an opening or closing on this day belongs to."""
    return day.year + (day.month >= _NEW_YEAR)


def summers_around(day: dt.date) -> range:
    """Return the years of the summers that people plan for on this day: from a year before to two years ahead."""
    return range(day.year - 1, day.year + 3)


def term_start(term: str) -> dt.date | None:
    """Return the first day on which a term usually starts; None for a text that names none."""
    found = _TERM.fullmatch(term.strip())
    if not found or found[2] == "0000":
        return None
    season = found[1].capitalize()
    return dt.date(int(found[2]), _STARTS["Fall" if season == "Autumn" else season], 1)


def terms_in(title: str) -> list[str]:
    """Return the terms that a title names: "Research Intern, Summer 2027" -> Summer 2027."""
    found = (f"{season.capitalize()} {year}" for season, year in _TERM.findall(title))
    return list(dict.fromkeys(term.replace("Autumn", "Fall") for term in found))


def terms_starting(first: dt.date, last: dt.date) -> list[str]:
    """Return the terms whose usual start lies between two days, both included, in order."""
    starts = (
        (dt.date(year, month, 1), f"{season} {year}")
        for year in range(first.year, last.year + 1)
        for season, month in _STARTS.items()
    )
    return [term for day, term in starts if first <= day <= last]


def terms_around(on: dt.date) -> list[str]:
    """Return the terms that people look for on this day: from a year before to two years ahead."""
    return terms_starting(dt.date(on.year - 1, 6, 1), dt.date(on.year + 2, 12, 31))
