"""Reads a board of Ashby as its public API answers. Pure: any JSON gives an answer."""

from companies.cells import Row, UnreadableFileError, document, flag, identity, instant
from companies.formats.listing import Given, Reading, collect, company_of, names_of, plain, title_of
from companies.research import judge

ORIGIN = "ashby"


def read(data: bytes, *, most: int, company: str = "") -> Reading:
    """Read an answer of `/posting-api/job-board/<board>`, which never names the company."""
    content = document(data)
    jobs = content.get("jobs") if isinstance(content, dict) else None
    if not isinstance(jobs, list):
        raise UnreadableFileError("This is no board of Ashby: it should be an object with jobs.")
    return collect(jobs, lambda row: _given(row, company), most=most)


def _given(row: Row, company: str) -> Given:
    title, text = title_of(row, "title"), row.get("descriptionPlain")
    others = row.get("secondaryLocations")
    more = [one.get("location") if isinstance(one, dict) else one for one in others] if isinstance(others, list) else []
    return Given(
        origin=ORIGIN,
        company=company_of(None, "The company", company),
        title=title,
        url=row.get("jobUrl") or row.get("applyUrl"),
        origin_id=identity(row, "id"),
        verdict=judge(title, description=plain(text) if isinstance(text, str) else ""),
        places=names_of([row.get("location"), *more, "Remote" if row.get("isRemote") is True else None], "location"),
        posted_at=instant(row, "publishedAt"),
        is_visible=flag(row, "isListed", default=True),
        source="Ashby",
    )
