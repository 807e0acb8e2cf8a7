"""Reads RIS, the format that publishers and reference managers hand out: a tag and a value a line. Pure."""

import re

from outreach.reading.identifiers import arxiv_in, doi_in
from outreach.reading.names import one_name
from outreach.reading.work import (
    LONGEST_TITLE,
    LONGEST_URL,
    LONGEST_VENUE,
    MOST_AUTHORS,
    Reading,
    Work,
    distinct,
    kept,
    year_in,
)

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?")
_TITLES, _VENUES = ("TI", "T1", "CT", "BT"), ("T2", "JO", "JF", "JA", "J2", "C3", "PB")
_YEARS, _AUTHORS = ("PY", "Y1", "DA"), ("AU", "A1")

type Fields = dict[str, list[str]]


def read_ris(text: str, *, most: int) -> Reading:
    """Read at most so many records; lines outside any and records without a title are problems."""
    reading, begun, last = Reading(), 0, ""
    fields: Fields = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found = _LINE.fullmatch(line.rstrip())
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", line.strip())
        if tag == "TY":
            _take(reading, fields, begun, ended=not begun)
            if reading.is_full(most):
                reading.refuse(number, f"Only the first {most:,} entries were read.")
                return reading
            fields, begun, last = {}, number, ""
        elif tag == "ER":
            _take(reading, fields, begun, ended=True)
            fields, begun, last = {}, 0, ""
        elif not begun:
            if value or tag:
                reading.refuse(number, "This line stands outside any record; a record begins with TY.")
        elif tag:
            last = tag
            if len(fields.setdefault(tag, [])) <= MOST_AUTHORS:
                fields[tag].append(value)
        elif value and last:
            fields[last][-1] = f"{fields[last][-1][:LONGEST_URL]} {value}"  # a value goes on
    _take(reading, fields, begun, ended=not begun)
    return reading


def as_ris(work: Work) -> str:
    """Write a work as a record that `read_ris` reads again; where its authors work is not part of it."""
    lines = [("TY", "GEN"), ("TI", work.title), *(("AU", f"{one.family}, {one.given}") for one in work.authors)]
    rest = (("T2", work.venue), ("PY", str(work.year or "")), ("DO", work.doi), ("UR", work.url), ("ER", ""))
    lines += [(tag, value) for tag, value in rest if value or tag == "ER"]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines)


def _take(reading: Reading, fields: Fields, line: int, *, ended: bool) -> None:
    if not line:
        return
    if not ended:
        reading.refuse(line, "This record does not end: ER is missing. It was read as far as it goes.")
    title = kept(_first(fields, _TITLES), LONGEST_TITLE)
    if not title:
        reading.refuse(line, "This record has no title.")
        return
    said = " ".join(value for tag in ("DO", "UR", "L1", "L2", "M3", "N1") for value in fields.get(tag, [])[:5])
    reading.works.append(
        Work(
            title=title,
            authors=distinct([one_name(name) for tag in _AUTHORS for name in fields.get(tag, [])]),
            venue=kept(_first(fields, _VENUES), LONGEST_VENUE),
            year=next((year for tag in _YEARS if (year := year_in(_first(fields, (tag,))))), None),
            doi=doi_in(said),
            arxiv=arxiv_in(said),
            url=kept(_first(fields, ("UR",)), LONGEST_URL),
            line=line,
        )
    )


def _first(fields: Fields, tags: tuple[str, ...]) -> str:
    return next((value for tag in tags for value in fields.get(tag, []) if value), "")
