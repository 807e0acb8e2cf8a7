"""What every format is read into: postings, each once, and the rows that cannot be taken. Pure."""

import datetime as dt
import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from companies.cells import BadCellError, Problem, Row, UnreadableFileError, clean, mapping, text
from companies.links import BadLinkError, Link, read_link
from companies.naming import match_key
from companies.research import Verdict
from companies.terms import terms_in

LONGEST_TITLE, LONGEST_COMPANY, LONGEST_PLACE, LONGEST_ID = 300, 160, 160, 200
_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class Listing:
    """One posting as a file has it; rows count from 1, `company_key` is the name as `match_key` reduces it.

    `origin` is the format's name, within which `origin_id` is one posting. What the format does not tell is empty.
    """

    row: int
    origin: str
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
    closes_on: dt.date | None = None


@dataclass(slots=True)
class Reading:
    """What a file holds; a row that names a posting of an earlier row again is `repeated`."""

    read: int = 0
    repeated: int = 0
    listings: list[Listing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Given:
    """The fields of a posting as one row gives them, of which `listing` makes the rest.

    Like Listing it is not frozen, though nobody changes it: that would take four times as long to make, a fifth of a
    whole reading.
    """

    origin: str
    company: str
    title: str
    url: object
    origin_id: str
    verdict: Verdict
    places: list[str]
    terms: list[str] | None = None
    sponsorship: str = ""
    posted_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    is_open: bool = True
    is_visible: bool = True
    source: str = ""
    closes_on: dt.date | None = None


def collect(rows: Sequence[object], read: Callable[[Row], Given], *, most: int) -> Reading:
    """Read every row; a row that cannot be taken is a problem with its number and never ends the others.

    A link or an id that stood in an earlier row is the same posting: the first row counts. UnreadableFileError for more
    than `most` rows.
    """
    if len(rows) > most:
        raise UnreadableFileError(f"This file has {len(rows):,} rows; import at most {most:,} at a time.")
    reading = Reading(read=len(rows))
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        try:
            one = listing(number, read(mapping(row, "The row")))
        except (BadCellError, BadLinkError) as error:
            reading.problems.append(Problem(number, str(error)))
            continue
        known_as = f"id:{one.origin}:{one.origin_id}" if one.origin_id else one.url_key
        if one.url_key in seen or known_as in seen:
            reading.repeated += 1
        else:
            reading.listings.append(one)
        seen.add(one.url_key)
        seen.add(known_as)
    return reading


def listing(number: int, given: Given) -> Listing:
    """Make the posting of a row; its terms are those of the title where the format has none."""
    key = match_key(given.company)
    if not key:
        raise BadCellError("The company's name has no letter and no digit.")
    link = _link(given)
    return Listing(
        row=number,
        origin=given.origin,
        company=given.company,
        company_key=key,
        title=given.title,
        url=link.url,
        url_key=link.key,
        origin_id=given.origin_id,
        places=given.places,
        terms=terms_in(given.title) if given.terms is None else given.terms,
        sponsorship=given.sponsorship,
        posted_at=given.posted_at,
        updated_at=given.updated_at,
        is_open=given.is_open,
        is_visible=given.is_visible,
        is_research=given.verdict.is_research,
        research_why=given.verdict.why,
        source=given.source,
        closes_on=given.closes_on,
    )


def _link(given: Given) -> Link:
    if given.url is not None and not isinstance(given.url, str):
        raise BadCellError("The link is no text; write a web address.")
    if given.url and given.url.strip():
        return read_link(given.url)
    if not given.origin_id:
        raise BadCellError("Give a url or an id, so that the posting is known again.")
    return Link("", f"id:{given.origin}:{given.origin_id}")


def plain(said: str) -> str:
    """Return a text without HTML: some sites put tags and entities into titles, and descriptions are pages."""
    if "<" not in said and "&" not in said:
        return said
    return _TAG.sub(" ", html.unescape(said))


def title_of(row: Row, name: str) -> str:
    """Return the title without HTML."""
    value = row.get(name)
    return text({name: plain(value) if isinstance(value, str) else value}, name, LONGEST_TITLE, required=True)


def company_of(value: object, name: str, default: str) -> str:
    """Return the company that a row names, else the one that the whole file is of."""
    if value is None or value == "":
        value = default
    if not isinstance(value, str):
        raise BadCellError(f"{name} is no text; write the name of the company.")
    if not value.strip():
        raise BadCellError(f"{name} is missing; say of which company this board is.")
    return clean(value, name, LONGEST_COMPANY, required=True)


def names_of(values: Iterable[object], name: str) -> list[str]:
    """Return the places that several fields name, each once; other things than texts are left out."""
    found = (clean(plain(value), name, LONGEST_PLACE) for value in values if isinstance(value, str))
    return list(dict.fromkeys(filter(None, found)))
