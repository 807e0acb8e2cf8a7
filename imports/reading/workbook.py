"""XLSX: an archive that is looked at before it is opened, and of which one sheet is read as a stream. Pure.

Decision 0033 says why no library does it.
"""

import posixpath
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import islice
from xml.parsers import expat

from applications.files.office import judge_directory, judge_entries
from imports.planning.names import HEAD_WITHIN, head_named
from imports.reading.sheet import Shared, Styles, rows_of, simple
from imports.reading.table import LONGEST_NAME, Limits, Numbered, Table, UnreadableError, begin, bounded
from tracker.lib.errors import DomainError

_BROKEN = "This file is damaged. Open it in a spreadsheet and save it again, or as CSV."
_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, ValueError, EOFError, RuntimeError, OSError,
    OverflowError, KeyError, IndexError,
)  # fmt: skip
_CHUNK = 65_536
_MOST_SHEETS = 20
_LOADS = "This workbook takes values from another file. Copy the sheet, paste the values alone, and save that."


def read_workbook(content: bytes, form: str, limits: Limits) -> Table:
    """Read a sheet of a workbook as texts: days as 2026-11-30, formulas as they are written."""
    try:
        judge_directory(content, other="CSV")
        archive = zipfile.ZipFile(BytesIO(content))
        judge_entries(archive.infolist(), other="CSV")
        _judge_parts(archive)
    except UnreadableError:
        raise
    except DomainError as error:
        raise UnreadableError(error.sentence) from None
    except _ERRORS:
        raise UnreadableError(_BROKEN) from None
    with _sentences():
        parts = _Parts(archive, time.monotonic() + limits.seconds)
        sheet, others = _choose(parts, limits)
    table = begin(form, bounded(_guarded(parts, sheet, limits), limits), titled=True)
    return replace(table, sheet=sheet.name[:LONGEST_NAME] if others else "")


def _judge_parts(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "xl/workbook.xml" not in names:
        raise UnreadableError("This is a zip archive, but no Excel workbook. Save the table as XLSX or CSV.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise UnreadableError(_LOADS)
    if any("vbaproject" in name.casefold() or "macrosheets" in name for name in names):
        raise UnreadableError("There are macros in this workbook. Save it without them, as XLSX or CSV.")


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn whatever is wrong with the parts into one sentence."""
    try:
        yield
    except UnreadableError:
        raise
    except _ERRORS:
        raise UnreadableError(_BROKEN) from None


def _guarded(parts: "_Parts", sheet: "_Sheet", limits: Limits) -> Iterator[Numbered]:
    with _sentences(), parts.archive:
        yield from parts.rows(sheet, limits)


def _choose(parts: "_Parts", limits: Limits) -> tuple["_Sheet", bool]:
    """Return the first sheet that names two fields, or else the first with rows, and whether others have rows too."""
    sheets = parts.sheets()
    if len(sheets) == 1:
        return sheets[0], False
    first = {sheet: _first_rows(parts, sheet, limits) for sheet in sheets}
    filled = [sheet for sheet in sheets if first[sheet]]
    named = [sheet for sheet in filled if head_named(first[sheet])]
    return next(iter([*named, *filled, *sheets])), len(filled) > 1


def _first_rows(parts: "_Parts", sheet: "_Sheet", limits: Limits) -> list[list[str]]:
    """Return where a head may be; an empty row for what cannot be read, as another sheet may be meant."""
    rows: list[list[str]] = []
    try:
        for _number, row in islice(bounded(parts.rows(sheet, limits), limits), HEAD_WITHIN):
            rows.append(row)
    except (UnreadableError, *_ERRORS):
        rows.append([])
    return rows


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: what people call it, and the part that it is."""

    name: str
    part: str


class _Parts:
    """The parts of a workbook that are read, each within the time there is."""

    def __init__(self, archive: zipfile.ZipFile, ends: float) -> None:
        self.archive = archive
        self.ends = ends

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part; nothing for one that is not there."""
        if name not in self.archive.NameToInfo:
            return
        with self.archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                if time.monotonic() > self.ends:
                    raise UnreadableError("This workbook takes too long to read. Save the sheet alone, as CSV.")
                yield chunk

    def sheets(self) -> list[_Sheet]:
        """Return the sheets that are there, as many as are looked at; hidden ones only if there are no others."""
        books = simple(self.chunks("xl/workbook.xml"), "sheet")
        links = simple(self.chunks("xl/_rels/workbook.xml.rels"), "Relationship")
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        found = [
            (book, _Sheet(book.get("name", ""), part))
            for book in books or [{}]
            if (part := self._part_of(book, targets)) in self.archive.NameToInfo
        ]
        shown = [sheet for book, sheet in found if book.get("state", "visible") == "visible"]
        if not found:
            raise UnreadableError("There is no sheet in this workbook.")
        return (shown or [sheet for _book, sheet in found])[:_MOST_SHEETS]

    @staticmethod
    def _part_of(book: dict[str, str], targets: dict[str | None, str]) -> str:
        wanted = next((value for key, value in book.items() if key.endswith(":id")), "")
        target = targets.get(wanted, "worksheets/sheet1.xml")
        return target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")

    def rows(self, sheet: _Sheet, limits: Limits) -> Iterator[Numbered]:
        """Yield the rows of a sheet."""
        return rows_of(self.chunks(sheet.part), self.shared, self.styles, most=limits.columns)

    @cached_property
    def shared(self) -> list[str]:
        """Return the texts that cells name by number."""
        return Shared().read(self.chunks("xl/sharedStrings.xml"))

    @cached_property
    def styles(self) -> Styles:
        """Return which looks of cells are days."""
        since_1904 = any(
            book.get("date1904") in {"1", "true"} for book in simple(self.chunks("xl/workbook.xml"), "workbookPr")
        )
        return Styles(since_1904=since_1904).read(self.chunks("xl/styles.xml"))
