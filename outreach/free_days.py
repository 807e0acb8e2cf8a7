"""Public holidays of countries, and which country a time zone lies in. Pure: nothing is asked of the network."""

import datetime as dt
from functools import cache, lru_cache
from importlib.resources import files

import holidays

_TAB = "zoneinfo"


@cache
def countries() -> dict[str, str]:
    """Return code -> name in English, by name: the countries whose public holidays are known."""
    known = holidays.list_supported_countries()
    named = (line.split("\t") for line in _lines("iso3166.tab"))
    return dict(sorted(((code, name) for code, name in named if code in known), key=lambda pair: pair[1]))


@cache
def _zones() -> dict[str, str]:
    return {zone: code for code, _where, zone, *_ in (line.split("\t") for line in _lines("zone.tab"))}


def country_of(zone: str) -> str:
    """Return the code of the country that a time zone lies in; nothing for one of no country, such as UTC."""
    return _zones().get(zone, "")


def is_free(country: str, day: dt.date) -> bool:
    """Say whether a day is a public holiday in all of this country; no day is in one that is not known."""
    return day in _of(country, day.year)


@lru_cache(maxsize=1_000)
def _of(country: str, year: int) -> frozenset[dt.date]:
    if country not in countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))


def _lines(name: str) -> list[str]:
    text = (files("tzdata") / _TAB / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
