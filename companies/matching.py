"""Decides which rows of an import are new, which change a posting that is there, and which say nothing new. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from companies.formats import Listing


@dataclass(frozen=True, slots=True)
class KnownPosting:
    """What an import compares of a posting that is in the list already."""

    pk: int
    company_id: int
    url: str
    url_key: str
    origin: str
    origin_id: str
    checked_on: dt.date | None
    title: str
    places: list[str]
    terms: list[str]
    sponsorship: str
    is_research: bool
    research_why: str
    is_research_set: bool
    is_open: bool
    is_visible: bool
    posted_at: dt.datetime | None
    origin_updated_at: dt.datetime | None
    closes_on: dt.date | None


@dataclass(slots=True)
class Plan:
    """What an import will do; `skipped` rows name a posting that an earlier row named."""

    create: list[Listing] = field(default_factory=list)
    update: list[tuple[KnownPosting, Listing]] = field(default_factory=list)
    unchanged: int = 0
    skipped: int = 0


def plan(listings: Iterable[Listing], known: Iterable[KnownPosting]) -> Plan:
    """Match rows to postings by link, then by the origin's id; each posting takes one row."""
    by_link = {posting.url_key: posting for posting in known}
    by_id = {(posting.origin, posting.origin_id): posting for posting in by_link.values()}
    listings = list(listings)
    claimed = {by_link[row.url_key].pk for row in listings if row.url_key in by_link}
    decided = Plan()
    for row in listings:
        posting = by_link.get(row.url_key)
        if posting is None and row.origin_id and (row.origin, row.origin_id) in by_id:
            posting = by_id[row.origin, row.origin_id]
            if posting.pk in claimed:
                decided.skipped += 1
                continue
            claimed.add(posting.pk)
        if posting is None:
            decided.create.append(row)
        elif says_more(row, posting):
            decided.update.append((posting, row))
        else:
            decided.unchanged += 1
    return decided


def says_more(row: Listing, posting: KnownPosting) -> bool:
    """Say whether a row changes a posting: not one of a curator or another source, nor one checked since then."""
    if posting.origin != row.origin:
        return False
    if posting.checked_on and (row.updated_at is None or row.updated_at.date() <= posting.checked_on):
        return False
    return any(getattr(posting, name) != value for name, value in facts(row, posting).items())


def facts(row: Listing, posting: KnownPosting) -> dict[str, object]:
    """Return the fields as the row has them; what a curator hid stays hidden, and what one said of research stays."""
    return {
        "title": row.title,
        "url": row.url,
        "url_key": row.url_key,
        "places": row.places,
        "terms": row.terms,
        "sponsorship": row.sponsorship,
        "is_research": posting.is_research if posting.is_research_set else row.is_research,
        "research_why": posting.research_why if posting.is_research_set else row.research_why,
        "is_open": row.is_open,
        "is_visible": row.is_visible and posting.is_visible,
        "posted_at": row.posted_at,
        "origin_updated_at": row.updated_at,
        "closes_on": row.closes_on or posting.closes_on,  # most sources tell none
    }
