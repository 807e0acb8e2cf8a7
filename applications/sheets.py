"""Tables as CSV, for every program. What people typed stays text. Pure.

A spreadsheet runs a cell that begins with = + - or @ as a formula. Such a cell gets an apostrophe in front, as a person
would type it; `unguarded` takes it off again. Workbooks are made by `workbook`, where a cell says that it is text.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence

type Value = str | int | dt.date | None

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


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
