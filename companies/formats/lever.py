"""Reads a board of Lever as its public API answers. Pure: any JSON gives an answer."""

from companies.cells import Row, UnreadableFileError, document, identity, millis_instant, part
from companies.formats.listing import Given, Reading, collect, company_of, names_of, plain, title_of
from companies.research import judge

ORIGIN = "lever"


def read(data: bytes, *, most: int, company: str = "") -> Reading:
    """Read an answer of `/v0/postings/<company>?mode=json`, which never names the company."""
    content = document(data)
    if isinstance(content, dict) and content.get("ok") is False:
        raise UnreadableFileError("Lever knows no board of this name.")
    if not isinstance(content, list):
        raise UnreadableFileError("This is no board of Lever: it should be a list of postings.")
    return collect(content, lambda row: _given(row, company), most=most)


def _given(row: Row, company: str) -> Given:
    title, text = title_of(row, "text"), row.get("descriptionPlain")
    sorts = part(row, "categories")
    places = sorts.get("allLocations")
    return Given(
        origin=ORIGIN,
        company=company_of(None, "The company", company),
        title=title,
        url=row.get("hostedUrl") or row.get("applyUrl"),
        origin_id=identity(row, "id"),
        verdict=judge(title, description=plain(text) if isinstance(text, str) else ""),
        places=names_of([sorts.get("location"), *(places if isinstance(places, list) else ())], "location"),
        posted_at=millis_instant(row, "createdAt"),
        source="Lever",
    )
