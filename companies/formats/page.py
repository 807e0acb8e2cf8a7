"""Reads postings out of a web page: schema.org's JobPosting as JSON-LD. Pure: any bytes give an answer."""

import datetime as dt
import json
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from companies.cells import BadCellError, Row, UnreadableFileError, instant, part
from companies.formats.listing import Given, Reading, collect, company_of, names_of, plain, title_of
from companies.research import judge

ORIGIN = "page"
_DEEPEST = 6
_PLACE = ("addressLocality", "addressRegion", "addressCountry")


def read(data: bytes, *, most: int, company: str = "") -> Reading:
    """Read all postings of a page; a block that is broken is passed over, as browsers do.

    Ids of pages are those of their site and may be another's too, so that only the link counts.
    """
    tree = LexborHTMLParser(data)
    canonical = tree.css_first('link[rel="canonical"][href], meta[property="og:url"][content]')
    own = (canonical.attributes.get("href") or canonical.attributes.get("content") or "") if canonical else ""
    found = [job for block in tree.css('script[type="application/ld+json"]') for job in jobs_in(block.text())]
    if not found:
        raise UnreadableFileError("This page describes no posting: it has no JobPosting of schema.org.")
    return collect(found, lambda row: _given(row, company, own if len(found) == 1 else ""), most=most)


def jobs_in(text: str) -> Iterator[Row]:
    """Yield the postings that a block of JSON-LD describes; none of a block that is broken."""
    try:
        content = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    yield from _jobs(content)


def _jobs(content: object, depth: int = 0) -> Iterator[Row]:
    """Yield the postings wherever they stand: alone, in a list, in a graph, within an item list."""
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        for one in content:
            yield from _jobs(one, depth + 1)
    elif isinstance(content, dict):
        kinds = content.get("@type")
        if kinds == "JobPosting" or (isinstance(kinds, list) and "JobPosting" in kinds):
            yield content
            return
        for name in ("@graph", "itemListElement", "item", "mainEntity"):
            yield from _jobs(content.get(name), depth + 1)


def _given(row: Row, company: str, own: str) -> Given:
    title, text, link = title_of(row, "title"), row.get("description"), row.get("url")
    employer = row.get("hiringOrganization")
    return Given(
        origin=ORIGIN,
        company=company_of(
            employer.get("name") if isinstance(employer, dict) else employer, "hiringOrganization", company
        ),
        title=title,
        url=link if link not in {None, ""} else own,
        origin_id="",
        verdict=judge(title, _degrees(row), plain(text) if isinstance(text, str) else ""),
        places=names_of(places_of(row), "jobLocation"),
        posted_at=instant(row, "datePosted"),
        closes_on=last_day(row),
        source="its own page",
    )


def _degrees(row: Row) -> list[str]:
    asked = row.get("educationRequirements")
    wanted = asked if isinstance(asked, list) else [asked]
    named = [one.get("credentialCategory") if isinstance(one, dict) else one for one in wanted]
    return [name for name in named if isinstance(name, str)]


def places_of(row: Row) -> Iterator[str]:
    """Yield where the role is, place by place; some may be empty."""
    where = row.get("jobLocation")
    for one in where if isinstance(where, list) else [where]:
        address = part(one, "address") if isinstance(one, dict) else {}
        parts = (address.get(name) for name in _PLACE)
        named = [one.get("name") if isinstance(one, dict) else one for one in parts]
        yield ", ".join(dict.fromkeys(name.strip() for name in named if isinstance(name, str) and name.strip()))
    if row.get("jobLocationType") == "TELECOMMUTE":
        yield "Remote"


def last_day(row: Row) -> dt.date | None:
    """Return the last day to apply, on the calendar of the page; midnight is the end of the day before."""
    try:
        ends = instant(row, "validThrough")
    except BadCellError:
        return None  # many sites fill it with nothing of use, which is no reason to refuse the posting
    if ends is None:
        return None
    return (ends - dt.timedelta(seconds=1)).date() if _is_midnight(ends, row) else ends.date()


def _is_midnight(ends: dt.datetime, row: Row) -> bool:
    return ends.time() == dt.time(0) and "T" in str(row.get("validThrough"))
