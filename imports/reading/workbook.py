"""XLSX: an archive that is looked at before it is opened, and whose first sheet is read as a stream. Pure.

Decision 0033 says why no library does it.
"""

import posixpath
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from applications.files.office import judge_directory, judge_entries
from imports.reading.sheet import Shared, Styles, rows_of, simple
from imports.reading.table import Limits, Numbered, Table, UnreadableError, begin, bounded
from tracker.lib.errors import DomainError

_BROKEN = "This file is damaged. Open it in a spreadsheet and save it again, or as CSV."
_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, ValueError, EOFError, RuntimeError, OSError,
    OverflowError, KeyError, IndexError,
)  # fmt: skip
_CHUNK = 65_536
_LOADS = "This workbook takes values from another file. Copy the sheet, paste the values alone, and save that."


def read_workbook(content: bytes, form: str, limits: Limits) -> Table:
    """Read the first sheet of a workbook as texts: days as 2026-11-30, formulas as they are written."""
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
    return begin(form, bounded(_guarded(archive, limits), limits))


def _judge_parts(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "xl/workbook.xml" not in names:
        raise UnreadableError("This is a zip archive, but no Excel workbook. Save the table as XLSX or CSV.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise UnreadableError(_LOADS)
    if any("vbaproject" in name.casefold() or "macrosheets" in name for name in names):
        raise UnreadableError("There are macros in this workbook. Save it without them, as XLSX or CSV.")


def _guarded(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Numbered]:
    """Yield the rows; whatever is wrong with the parts is one sentence."""
    ends = time.monotonic() + limits.seconds
    try:
        with archive:
            parts = _Parts(archive, ends)
            yield from rows_of(parts.chunks(parts.sheet()), parts.shared(), parts.styles(), most=limits.columns)
    except UnreadableError:
        raise
    except _ERRORS:
        raise UnreadableError(_BROKEN) from None


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

    def sheet(self) -> str:
        """Return the name of the part that is the first sheet."""
        books = simple(self.chunks("xl/workbook.xml"), "sheet")
        links = simple(self.chunks("xl/_rels/workbook.xml.rels"), "Relationship")
        wanted = next((value for book in books for key, value in book.items() if key.endswith(":id")), "")
        target = next((link.get("Target", "") for link in links if link.get("Id") == wanted), "worksheets/sheet1.xml")
        name = target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if name not in self.archive.NameToInfo:
            raise UnreadableError("There is no sheet in this workbook.")
        return name

    def shared(self) -> list[str]:
        """Return the texts that cells name by number."""
        return Shared().read(self.chunks("xl/sharedStrings.xml"))

    def styles(self) -> Styles:
        """Return which looks of cells are days."""
        since_1904 = any(
            book.get("date1904") in {"1", "true"} for book in simple(self.chunks("xl/workbook.xml"), "workbookPr")
        )
        return Styles(since_1904=since_1904).read(self.chunks("xl/styles.xml"))
