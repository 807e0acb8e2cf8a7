"""Reads listings.json, the format of the community's internship lists. Pure: any JSON gives an answer."""

import datetime as dt
from dataclasses import dataclass, field

from companies.cells import (
    BadCellError,
    Problem,
    Row,
    UnreadableFileError,
    clean,
    flag,
    mapping,
    text,
    texts,
    unix_instant,
)
from companies.links import BadLinkError, Link, read_link
from companies.naming import match_key
from companies.research import judge

ORIGIN = "listings"

_SPONSORSHIP = {
    "offers sponsorship": "offered",
    "does not offer sponsorship": "none",
    "u.s. citizenship is required": "citizens",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One posting as the file has it; rows count from 1, `company_key` is the name as `match_key` reduces it."""

    row: int
    company: str
    company_key: str
    title: str
    url: str
    url_key: str
    origin_id: str
    places: list[str]
    terms: list[str]
    sponsorship: str
    posted_at: dt.datetime | None
    updated_at: dt.datetime | None
    is_open: bool
    is_visible: bool
    is_research: bool
    research_why: str
    source: str


@dataclass(slots=True)
class Reading:
    """What a file holds: postings, each once, and rows that cannot be taken."""

    read: int = 0
    repeated: int = 0
    listings: list[Listing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_listings(content: object, *, most: int) -> Reading:
    """Read every row of a decoded file; raise UnreadableFileError unless it is a list of at most so many rows.

    A link or an id that stood in an earlier row is the same posting: the first row counts.
    """
    if not isinstance(content, list):
        raise UnreadableFileError("This is no listings file: it should be a list of postings.")
    if len(content) > most:
        raise UnreadableFileError(f"This file has {len(content):,} rows; import at most {most:,} at a time.")
    reading = Reading(read=len(content))
    seen: set[str] = set()
    for number, row in enumerate(content, start=1):
        try:
            listing = _listing(number, mapping(row, "The row"))
        except (BadCellError, BadLinkError) as error:
            reading.problems.append(Problem(number, str(error)))
            continue
        keys = {listing.url_key, f"id:{ORIGIN}:{listing.origin_id}" if listing.origin_id else listing.url_key}
        if seen & keys:
            reading.repeated += 1
        else:
            reading.listings.append(listing)
        seen |= keys
    return reading


def _listing(number: int, row: Row) -> Listing:
    company = text(row, "company_name", 160, required=True)
    key = match_key(company)
    if not key:
        raise BadCellError("company_name has no letter and no digit.")
    title = text(row, "title", 300, required=True)
    origin_id = text(row, "id", 200)
    link = _link(row, origin_id)
    verdict = judge(title, texts(row, "degrees", 80))
    text(row, "category", 200)
    return Listing(
        row=number,
        company=company,
        company_key=key,
        title=title,
        url=link.url,
        url_key=link.key,
        origin_id=origin_id,
        places=texts(row, "locations", 160),
        terms=_terms(row),
        sponsorship=_SPONSORSHIP.get(text(row, "sponsorship", 100).lower(), ""),
        posted_at=unix_instant(row, "date_posted"),
        updated_at=unix_instant(row, "date_updated"),
        is_open=flag(row, "active", default=True),
        is_visible=flag(row, "is_visible", default=True),
        is_research=verdict.is_research,
        research_why=verdict.why,
        source=text(row, "source", 100),
    )


def _link(row: Row, origin_id: str) -> Link:
    given = row.get("url")
    if given is not None and not isinstance(given, str):
        raise BadCellError("url is no text; write a web address.")
    if given and given.strip():
        return read_link(given)
    if not origin_id:
        raise BadCellError("Give a url or an id, so that the posting is known again.")
    return Link("", f"id:{ORIGIN}:{origin_id}")


def _terms(row: Row) -> list[str]:
    if row.get("terms") is not None:
        return texts(row, "terms", 40)
    season = row.get("season")
    return [clean(season, "season", 40)] if isinstance(season, str) and season.strip() else texts(row, "season", 40)
