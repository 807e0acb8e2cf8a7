"""Reads postings from a table in CSV, with the headers that `HEADERS` lists. Pure: any bytes give an answer."""

import csv
import io

from companies.cells import BadCellError, Row, UnreadableFileError, clean, iso_day, table_text
from companies.formats.listing import LONGEST_PLACE, Given, Reading, collect, company_of, title_of
from companies.research import Verdict, judge

ORIGIN = "table"
HEADERS = ("company", "title", "url", "places", "terms", "closes_on", "sponsorship", "degrees", "research")
"""Places, terms and degrees separated by semicolons; research: yes, no, or empty to let the title decide."""

_NEEDED = {"company", "title", "url"}
_SPONSORSHIP = {"": "", "offered": "offered", "none": "none", "citizens": "citizens"}
_RESEARCH = {"yes": True, "no": False}


def read(data: bytes, *, most: int, company: str = "") -> Reading:
    """Read such a table; UnreadableFileError when a header is missing, unknown or there twice."""
    rows = csv.reader(io.StringIO(table_text(data), newline=""), strict=True)
    try:
        lines = [line for line in rows if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise UnreadableFileError(f"This is no table in CSV: {error}.") from None
    if not lines:
        raise UnreadableFileError("The table is empty.")
    header = [name.strip().lower() for name in lines[0]]
    _check(header, company)
    found: list[object] = [dict(zip(header, line, strict=False)) | {"": len(line)} for line in lines[1:]]
    return collect(found, lambda row: _given(row, company, len(header)), most=most)


def _check(header: list[str], company: str) -> None:
    missing = sorted(_NEEDED - set(header) - ({"company"} if company else set()))
    if missing:
        raise UnreadableFileError(f"The first line has no header {', '.join(missing)}.")
    strange = [name for name in header if name not in HEADERS]
    if strange:
        raise UnreadableFileError(f"There is no header {strange[0]!r}; use {', '.join(HEADERS)}.")
    if len(set(header)) < len(header):
        raise UnreadableFileError("A header stands there twice.")


def _given(row: Row, company: str, width: int) -> Given:
    if row[""] != width:
        raise BadCellError(f"This line has {row['']} cells; the first line has {width}.")
    title = title_of(row, "title")
    said = str(row.get("research", "")).strip().lower()
    if said and said not in _RESEARCH:
        raise BadCellError("research is neither yes nor no.")
    sponsorship = str(row.get("sponsorship", "")).strip().lower()
    if sponsorship not in _SPONSORSHIP:
        raise BadCellError(f"sponsorship is none of {', '.join(filter(None, _SPONSORSHIP))}.")
    told = Verdict(_RESEARCH[said], "the table says so" if _RESEARCH[said] else "") if said else None
    return Given(
        origin=ORIGIN,
        company=company_of(row.get("company"), "company", company),
        title=title,
        url=row.get("url"),
        origin_id="",
        verdict=told or judge(title, _several(row, "degrees", 80)),
        places=_several(row, "places", LONGEST_PLACE),
        terms=_several(row, "terms", 40) or None,
        sponsorship=sponsorship,
        closes_on=iso_day({"closes_on": str(row["closes_on"]).strip()}, "closes_on") if row.get("closes_on") else None,
        source="a table",
    )


def _several(row: Row, name: str, longest: int) -> list[str]:
    cells = str(row.get(name, "")).split(";")
    return list(dict.fromkeys(filter(None, (clean(cell, name, longest) for cell in cells))))
