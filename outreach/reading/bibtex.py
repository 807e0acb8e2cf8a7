"""Reads entries of BibTeX: what can be read of each, and where the others break. Pure, in time linear in the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from outreach.reading.identifiers import arxiv_in, doi_in
from outreach.reading.latex import decode
from outreach.reading.names import bibtex_names
from outreach.reading.work import LONGEST_TITLE, LONGEST_URL, LONGEST_VENUE, Reading, Work, kept, year_in

_ENTRY = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_AT_LINE_START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*[^,\s{}=\"#%]*\s*(?:,|(?=[})]))")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
_GAP = re.compile(r"[\s,]*")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTES = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BARE = re.compile(r"[^\s,#{}\"()=@]+")
_JOIN = re.compile(r"\s*#\s*")
_LONGEST_VALUE = 100_000
_SKIPPED = {"comment", "preamble"}
_VENUES = ("journal", "journaltitle", "booktitle", "eventtitle", "school", "institution", "howpublished", "publisher")


class _BrokenError(Exception):
    """An entry that cannot be read on from here."""

    def __init__(self, at: int, reason: str, *, over: bool = False) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason
        self.over = over


@dataclass(slots=True)
class _Text:
    """What is read, with the places of its line ends and the abbreviations said so far."""

    text: str
    reading: Reading
    lines: list[int] = field(default_factory=list)
    strings: dict[str, str] = field(default_factory=dict)

    def line(self, at: int) -> int:
        return bisect_right(self.lines, at) + 1


def read_bibtex(text: str, *, most: int) -> Reading:
    """Read at most so many entries; an entry that breaks is a problem with its line, and ends no other."""
    source = _Text(text, Reading(), [found.end() for found in re.finditer("\n", text)])
    starts = [found.start() for found in _AT_LINE_START.finditer(text)]
    if first := _ENTRY.search(text):
        starts = sorted({first.start(), *starts})
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        at: int | None = start
        while at is not None:
            if source.reading.is_full(most):
                source.reading.refuse(source.line(at), f"Only the first {most:,} entries were read.")
                return source.reading
            at = _block(source, at, end)
    return source.reading


def _block(source: _Text, start: int, end: int) -> int | None:
    """Read the entry that begins next in this part of the text; return from where to look for another."""
    opened = _ENTRY.search(source.text, start, end)
    if opened is None:
        return None
    kind = opened[1].lower()
    if kind in _SKIPPED:
        return opened.end()
    fields: dict[str, str] = {}
    after: int | None
    try:
        after = _fields(source, opened, end, fields, has_key=kind != "string")
    except _BrokenError as broken:
        source.reading.refuse(source.line(min(broken.at, end - 1)), broken.reason)
        after = None if broken.over else max(broken.at, opened.end())
        if "author" not in fields:  # a brace too few has swallowed it, and the rest with it
            return after
    if kind == "string":
        source.strings |= {name: value[:LONGEST_VENUE] for name, value in fields.items()}
    elif fields:
        _take(source, fields, source.line(opened.start()))
    return after


def _fields(source: _Text, opened: re.Match[str], end: int, fields: dict[str, str], *, has_key: bool) -> int:
    """Fill in the fields of an entry; return where it ends."""
    text, at = source.text, opened.end()
    closer = "}" if opened[2] == "{" else ")"
    if has_key and (key := _KEY.match(text, at, end)):
        at = key.end()
    while named := _FIELD.match(text, at, end):
        value, at = _value(source, named.end(), end)
        fields.setdefault(named[1].lower(), value)
    gap = _GAP.match(text, at, end)
    at = gap.end() if gap else at
    if at >= end:
        raise _BrokenError(opened.start(), "This entry does not end: a closing brace is missing.", over=True)
    if text[at] != closer:
        raise _BrokenError(at, f"An entry breaks off here: “{text[at]}” is no field.")
    return at + 1


def _value(source: _Text, at: int, end: int) -> tuple[str, int]:
    """Return a value, its parts joined, and where it ends."""
    parts, length = [], 0
    while True:
        part, at = _part(source, at, end)
        if length < _LONGEST_VALUE:  # abbreviations made of abbreviations grow without end
            parts.append(part)
            length += len(part)
        joined = _JOIN.match(source.text, at, end)
        if joined is None:
            return "".join(parts)[:_LONGEST_VALUE], at
        at = joined.end()


def _part(source: _Text, at: int, end: int) -> tuple[str, int]:
    text = source.text
    letter = text[at] if at < end else ""
    if letter == "{":
        return _braced(text, at, end)
    if letter == '"':
        return _quoted(text, at, end)
    bare = _BARE.match(text, at, end)
    if bare is None:
        raise _BrokenError(at, "A field of this entry has no value.")
    return source.strings.get(bare[0].lower(), bare[0]), bare.end()


def _braced(text: str, at: int, end: int) -> tuple[str, int]:
    depth = 0
    for found in _BRACES.finditer(text, at, end):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return text[at + 1 : found.start()], found.end()
    raise _BrokenError(at, "A brace opens here that nothing closes.", over=True)


def _quoted(text: str, at: int, end: int) -> tuple[str, int]:
    depth = 0
    for found in _QUOTES.finditer(text, at + 1, end):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth <= 0 and found[0] == '"':
            return text[at + 1 : found.start()], found.end()
    raise _BrokenError(at, "A quotation mark opens here that nothing closes.", over=True)


def _take(source: _Text, fields: dict[str, str], line: int) -> None:
    title = kept(decode(fields.get("title", "")), LONGEST_TITLE)
    if not title:
        source.reading.refuse(line, "This entry has no title.")
        return
    said = " ".join(fields.get(name, "") for name in ("doi", "url", "note", "journal", "eprint", "howpublished"))
    archive = fields.get("archiveprefix", fields.get("eprinttype", "arxiv" if "primaryclass" in fields else ""))
    eprint = fields.get("eprint", "") if archive.lower() == "arxiv" else ""
    source.reading.works.append(
        Work(
            title=title,
            authors=bibtex_names(fields.get("author", "")),
            venue=next((kept(decode(fields[name]), LONGEST_VENUE) for name in _VENUES if fields.get(name)), ""),
            year=year_in(fields.get("year", "")) or year_in(fields.get("date", "")),
            doi=doi_in(said.replace("\\", "")),
            arxiv=arxiv_in(eprint) or arxiv_in(said),
            url=kept(fields.get("url", "").replace("\\", ""), LONGEST_URL),
            line=line,
        )
    )
