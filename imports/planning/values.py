"""One cell, read as what its column is; what cannot be read is a sentence that says what to write. Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

from applications.choices import Closeness, Source, WayIn
from applications.reading.link import LONGEST_NAME, host_is
from applications.reading.shared import kept_text
from applications.reading.slugs import LONGEST_ROLE
from applications.reading.typed import LONGEST_TAG, read_tags
from applications.stage import OUTCOME_LABELS
from companies.links import BadLinkError, Link, read_link
from companies.models import Hours, Kind
from companies.naming import match_key
from imports.planning.days import read_day
from imports.planning.names import key_of

LONGEST_NOTES = 20_000
_MOST_WEEKS = 260
_LONGEST = {"role": LONGEST_ROLE, "place": 160, "next_step": 200, "referrer": 160}
_NOTHING = {"-", "\N{EN DASH}", "\N{EM DASH}", "n/a", "na", "none", "null", "tbd", "tba", "?", "unknown", "rolling"}
_YES = {"yes", "y", "true", "1", "x", "✓", "on"}
_NO = {"no", "n", "false", "0", "", "off"}
_NUMBER = re.compile(r"(\d{1,3})(?:\.0+)?(?: ?(?:weeks?|w))?", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SOURCES = {
    "linkedin": Source.LINKEDIN, "referral": Source.REFERRAL, "friend": Source.REFERRAL,
    "conference": Source.CONFERENCE, "workshop": Source.CONFERENCE, "supervisor": Source.SUPERVISOR,
    "advisor": Source.SUPERVISOR, "website": Source.COMPANY_SITE, "companysite": Source.COMPANY_SITE,
    "careerspage": Source.COMPANY_SITE, "companycareers": Source.COMPANY_SITE,
}  # fmt: skip


class BadCellError(ValueError):
    """A cell that cannot be taken; the message is a sentence for people, without the name of the column."""


def _labels(choices: list[tuple[str, str]]) -> dict[str, str]:
    named = {key_of(label): value for value, label in choices}
    return named | {key_of(value): value for value, _label in choices if value}


_CHOICES: dict[str, tuple[dict[str, str], str]] = {
    name: (_labels(choices), ", ".join(label for value, label in choices if value))
    for name, choices in {
        "kind": Kind.choices,
        "way_in": WayIn.choices,
        "closeness": Closeness.choices,
        "hours": Hours.choices,
    }.items()
}
_OUTCOMES = {key_of(label): value for value, label in OUTCOME_LABELS.items()}
_SOURCE_LABELS = _labels(Source.choices) | {name: str(value) for name, value in _SOURCES.items()}


def line(field: str, text: str) -> str:
    """Return one line of printable text with single spaces."""
    return _line(text, _LONGEST[field])


@lru_cache(maxsize=20_000)
def _line(text: str, longest: int) -> str:
    text = " ".join(text.split())
    if len(text) > longest:
        raise BadCellError(f"use at most {longest} characters; this has {len(text):,}.")
    if not text.isprintable():
        raise BadCellError("write it in letters and digits; there are hidden characters in it.")
    return text


@lru_cache(maxsize=20_000)
def company(text: str) -> str:
    """Return the name of a company."""
    name = _line(text, LONGEST_NAME)
    if name and not match_key(name):
        raise BadCellError("write a name with at least one letter or digit.")
    return name


def url(text: str) -> Link | None:
    """Return a web address and its key."""
    text = text.strip()
    if text.lower() in _NOTHING or not text:
        return None
    try:
        return read_link(f"https://{text}" if _BARE.fullmatch(text) else text)
    except BadLinkError:
        raise BadCellError("write a full web address, like https://example.org/jobs/1.") from None


@lru_cache(maxsize=20_000)
def day(text: str, day_first: bool) -> dt.date | None:  # noqa: FBT001 - remembered by position
    """Return a day; None for what people write where they do not know one."""
    found = read_day(text, day_first=day_first)
    if found is None and text.strip().lower() not in _NOTHING | {""}:
        raise BadCellError("write the day as 2026-11-03.")
    return found


@lru_cache(maxsize=2_000)
def choice(field: str, text: str) -> str:
    """Return the value of a list that we have, by its label."""
    known, labels = _CHOICES[field]
    key = key_of(text)
    if key in known:
        return known[key]
    if text.strip().lower() in _NOTHING:
        return ""
    raise BadCellError(f"write one of: {labels}.")


@lru_cache(maxsize=2_000)
def outcome(text: str) -> str:
    """Return how it ended."""
    if text.strip().lower() in _NOTHING | {""}:
        return ""
    try:
        return _OUTCOMES[key_of(text)]
    except KeyError:
        raise BadCellError(f"write one of: {', '.join(OUTCOME_LABELS.values())}.") from None


@lru_cache(maxsize=2_000)
def source(text: str) -> tuple[str, bool]:
    """Return where it was found, and whether that says all: of a place we have no word for the text is kept."""
    key = key_of(text)
    if key in _SOURCE_LABELS:
        return _SOURCE_LABELS[key], True
    if text.strip().lower() in _NOTHING | {""}:
        return "", True
    if text.startswith(("http://", "https://")) and host_is(text, "linkedin.com", "lnkd.in"):
        return str(Source.LINKEDIN), True
    return str(Source.OTHER), False


@lru_cache(maxsize=200)
def flag(text: str) -> bool:
    """Return yes or no."""
    said = text.strip().lower()
    if said in _YES:
        return True
    if said in _NO | _NOTHING:
        return False
    raise BadCellError("write yes or no.")


@lru_cache(maxsize=2_000)
def weeks(text: str) -> int | None:
    """Return a number of weeks."""
    if text.strip().lower() in _NOTHING | {""}:
        return None
    match = _NUMBER.fullmatch(text.strip())
    if not match or not 0 < int(match[1]) <= _MOST_WEEKS:
        raise BadCellError(f"write the number of weeks, from 1 to {_MOST_WEEKS}.")
    return int(match[1])


@lru_cache(maxsize=5_000)
def tags(text: str, most: int) -> tuple[str, ...]:
    """Return tags, with commas, semicolons or bars between."""
    found = read_tags(text.replace("|", ","))
    if len(found) > most or any(len(tag) > LONGEST_TAG or not tag.isprintable() for tag in found):
        raise BadCellError(f"write at most {most} tags of at most {LONGEST_TAG} characters.")
    return tuple(found)


def season(text: str, known: Mapping[str, int]) -> int | None:
    """Return the season of this name."""
    key = key_of(text)
    if key in known:
        return known[key]
    if text.strip().lower() in _NOTHING | {""}:
        return None
    raise BadCellError("write the season as in Waymark, like Summer 2027, or leave it empty.")


def notes(text: str) -> str:
    """Return a text of several lines."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > LONGEST_NOTES:
        raise BadCellError(f"use at most {LONGEST_NOTES:,} characters; this has {len(text):,}.")
    return text


def posting_text(text: str) -> str:
    """Return the text of a posting, as it is kept everywhere."""
    return kept_text(text)
