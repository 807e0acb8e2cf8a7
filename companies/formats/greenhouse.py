"""Reads a board of Greenhouse as its public API answers. Pure: any JSON gives an answer."""

from companies.cells import Row, UnreadableFileError, document, identity, instant, part
from companies.formats.listing import Given, Reading, collect, company_of, names_of, plain, title_of
from companies.research import judge

ORIGIN = "greenhouse"


def read(data: bytes, *, most: int, company: str = "") -> Reading:
    """Read an answer of `/v1/boards/<board>/jobs?content=true`."""
    content = document(data)
    jobs = content.get("jobs") if isinstance(content, dict) else None
    if not isinstance(jobs, list):
        raise UnreadableFileError("This is no board of Greenhouse: it should be an object with jobs.")
    return collect(jobs, lambda row: _given(row, company), most=most)


def _given(row: Row, company: str) -> Given:
    title = title_of(row, "title")
    text = row.get("content")
    offices = row.get("offices")
    named = [office.get("name") for office in offices if isinstance(office, dict)] if isinstance(offices, list) else []
    return Given(
        origin=ORIGIN,
        company=company_of(row.get("company_name"), "company_name", company),
        title=title,
        url=row.get("absolute_url"),
        origin_id=identity(row, "id"),
        # The text is a page, escaped once more for the JSON.
        verdict=judge(title, description=plain(plain(text)) if isinstance(text, str) else ""),
        places=names_of([part(row, "location").get("name")], "location") or names_of(named, "offices"),
        posted_at=instant(row, "first_published"),
        updated_at=instant(row, "updated_at"),
        source="Greenhouse",
    )
