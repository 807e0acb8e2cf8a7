"""Tables as files: CSV for every program, XLSX with real dates. What people typed stays text in both. Pure.

A spreadsheet runs a cell that begins with = + - or @ as a formula. In CSV such a cell gets an apostrophe in front, as a
person would type it; `unguarded` takes it off again. In XLSX the cell says of itself that it is text, and characters
that XML cannot hold are written as Excel writes them.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

type Value = str | int | dt.date | None

LONGEST_CELL = 32_767  # of XLSX
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_NO_XML = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\r\ufffe\uffff]|_(?=x[0-9A-Fa-f]{{4}}_)")
_DAY = "d mmm yyyy"
_WIDTH = 18


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield the lines of a CSV file; days as 2026-11-30."""
    for row in (head, *rows):
        line = io.StringIO(newline="")
        csv.writer(line).writerow(["" if value is None else guarded(str(value)) for value in row])
        yield line.getvalue()


def xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return an Excel workbook of one sheet whose head stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    cells = [_text(sheet, label) for label in head]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: object, value: Value) -> "WriteOnlyCell | int | None":
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = _DAY
        return cell
    return _text(sheet, value) if isinstance(value, str) and value else value or None


def _escaped(match: re.Match[str]) -> str:
    """Write a character that XML cannot hold as Excel does, so that it comes back: _x000D_."""
    return f"_x{ord(match[0]):04X}_"


def _text(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value="")
    cell.value = _NO_XML.sub(_escaped, text)[:LONGEST_CELL]
    cell.data_type = "s"
    return cell
