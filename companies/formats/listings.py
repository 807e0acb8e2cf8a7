"""Reads listings.json, the format of the community's internship lists. Pure: any JSON gives an answer."""

from companies.cells import Row, UnreadableFileError, clean, document, flag, text, texts, unix_instant
from companies.formats.listing import LONGEST_COMPANY, LONGEST_ID, LONGEST_PLACE, Given, Reading, collect, title_of
from companies.research import judge

ORIGIN = "listings"

_SPONSORSHIP = {
    "offers sponsorship": "offered",
    "does not offer sponsorship": "none",
    "u.s. citizenship is required": "citizens",
}


def read(data: bytes, *, most: int, company: str = "") -> Reading:  # noqa: ARG001 - each row names its company
    """Read the bytes of such a file."""
    return read_listings(document(data), most=most)


def read_listings(content: object, *, most: int) -> Reading:
    """Read every row of a decoded file; raise UnreadableFileError unless it is a list of at most so many rows."""
    if not isinstance(content, list):
        raise UnreadableFileError("This is no listings file: it should be a list of postings.")
    return collect(content, _given, most=most)


def _given(row: Row) -> Given:
    title = title_of(row, "title")
    verdict = judge(title, texts(row, "degrees", 80))
    text(row, "category", 200)
    return Given(
        origin=ORIGIN,
        company=text(row, "company_name", LONGEST_COMPANY, required=True),
        title=title,
        url=row.get("url"),
        origin_id=text(row, "id", LONGEST_ID),
        verdict=verdict,
        places=texts(row, "locations", LONGEST_PLACE),
        terms=_terms(row),
        sponsorship=_SPONSORSHIP.get(text(row, "sponsorship", 100).lower(), ""),
        posted_at=unix_instant(row, "date_posted"),
        updated_at=unix_instant(row, "date_updated"),
        is_open=flag(row, "active", default=True),
        is_visible=flag(row, "is_visible", default=True),
        source=text(row, "source", 100),
    )


def _terms(row: Row) -> list[str]:
    if row.get("terms") is not None:
        return texts(row, "terms", 40)
    season = row.get("season")
    return [clean(season, "season", 40)] if isinstance(season, str) and season.strip() else texts(row, "season", 40)
