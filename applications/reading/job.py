"""Reads what the page of a posting says of it: a JobPosting of schema.org, brought by bookmark or extension. Pure."""

import html
import re
from dataclasses import dataclass
from datetime import date

from applications.reading import link
from applications.reading.slugs import LONGEST_PLACE, LONGEST_ROLE
from companies.cells import Row
from companies.formats.page import jobs_in, last_day, places_of
from tracker.lib.fields import FIRST_DAY, LAST_DAY

_LONGEST = 200_000
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|/?(?:p|div|ul|ol|h[1-6]|tr|section))\b[^<>]*>", re.IGNORECASE)
_BULLET = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_GAPS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Job:
    """What it says; what is missing or makes no sense is empty."""

    role: str = ""
    company: str = ""
    place: str = ""
    closes_on: date | None = None
    text: str = ""


def read_job(said: str) -> Job:
    """Return the first posting that a text of JSON-LD describes; nothing of a text that is none."""
    row = next(jobs_in(said[:_LONGEST]), None)
    if row is None:
        return Job()
    employer = row.get("hiringOrganization")
    return Job(
        role=_line(row.get("title"), LONGEST_ROLE),
        company=_company(employer.get("name") if isinstance(employer, dict) else employer),
        place=_place(row),
        closes_on=_sensible(last_day(row)),
        text=plain_text(row.get("description")),
    )


def plain_text(said: object) -> str:
    """Return a description without its tags, a line for each paragraph and each point of a list."""
    if not isinstance(said, str):
        return ""
    said = said[:_LONGEST]
    if "<" not in said:
        said = html.unescape(said)  # some sites write their tags as entities
    broken = _BREAK.sub("\n", _BULLET.sub("\n- ", said))
    text = html.unescape(_TAG.sub("", broken))
    lines = (_GAPS.sub(" ", line).strip() for line in text.splitlines())
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def _line(said: object, longest: int) -> str:
    """Return one line of printable characters, cut where a word ends."""
    words = "".join(filter(str.isprintable, " ".join(plain_text(said).split())))
    if len(words) <= longest:
        return words.strip()
    return words[: longest + 1].rpartition(" ")[0].strip() or words[:longest]


def _company(said: object) -> str:
    """Return a name that can stand behind the link; one that reads like a link itself would be taken for it."""
    words = _line(said, link.LONGEST_NAME)
    return words if any(map(str.isalnum, words)) and not any(map(link.is_link, words.split())) else ""


def _place(row: Row) -> str:
    places = dict.fromkeys(_line(one, LONGEST_PLACE) for one in places_of(row))
    return _line(" · ".join(filter(None, places)), LONGEST_PLACE)


def _sensible(day: date | None) -> date | None:
    return day if day and FIRST_DAY <= day <= LAST_DAY else None
