"""Reads jobs.json of the PhD Intern Board. Pure: any JSON gives an answer."""

from companies.cells import Row, UnreadableFileError, document, flag, instant, text, texts
from companies.formats.listing import LONGEST_ID, Given, Reading, collect, company_of, names_of, title_of
from companies.research import Verdict, judge

ORIGIN = "phd_board"


def read(data: bytes, *, most: int, company: str = "") -> Reading:
    """Read such a file: an object with a list of jobs."""
    content = document(data)
    jobs = content.get("jobs") if isinstance(content, dict) else None
    if not isinstance(jobs, list):
        raise UnreadableFileError("This is no file of the PhD Intern Board: it should be an object with jobs.")
    return collect(jobs, lambda row: _given(row, company), most=most)


def _given(row: Row, company: str) -> Given:
    title = title_of(row, "title")
    verdict = judge(title)
    if not verdict.is_research and flag(row, "phd", default=False):
        verdict = Verdict(is_research=True, why="the PhD Intern Board says PhD")
    return Given(
        origin=ORIGIN,
        company=company_of(row.get("company"), "company", company),
        title=title,
        url=row.get("url"),
        origin_id=text(row, "job_id", LONGEST_ID),
        verdict=verdict,
        places=names_of([row.get("location"), *texts(row, "regions", 80)], "location"),
        posted_at=instant(row, "posted_at"),
        source="PhD Intern Board",
    )
