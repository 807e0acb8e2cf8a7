"""CSV, whatever its separator; the apostrophe that our own export puts before a formula is taken off. Pure."""

import csv
import io
import re
from collections.abc import Iterator

from applications.sheets import unguarded
from imports.reading.table import Limits, Numbered, Table, UnreadableError, begin, bounded

_SEPARATORS = ",;\t"
_HEAD = 20_000
_NAMED = re.compile(r"\"?sep=([,;\t|])\"?\r?\n", re.IGNORECASE)


def read_separated(text: str, form: str, limits: Limits) -> Table:
    """Read CSV with commas, semicolons or tabs, whichever its head has most of, or what a line for Excel names."""
    named = _NAMED.match(text)
    separator, text = (named[1], text[named.end() :]) if named else (_separator(text), text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return begin(form, bounded(_numbered(rows), limits))


def _numbered(rows: Iterator[list[str]]) -> Iterator[Numbered]:
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError(_sentence(number, str(error))) from None
        yield number, [unguarded(cell) if cell[:1] == "'" else cell for cell in row]


def _sentence(number: int, said: str) -> str:
    if "field limit" in said:
        return f"Row {number:,} has a cell that is far too long. A quotation mark before it may not be closed."
    return (
        f"Row {number:,} has a quotation mark that is not closed, or that stands within a cell. Write it twice there."
    )


def _separator(text: str) -> str:
    """Count separators outside of quotation marks, up to the end of the first line that has something in it."""
    counts, quoted, something = dict.fromkeys(_SEPARATORS, 0), False, False
    for letter in text[:_HEAD]:
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in counts:
            counts[letter] += 1
        elif not quoted and letter in "\r\n" and (something or any(counts.values())):
            break
        something = something or not letter.isspace()
    return max(_SEPARATORS, key=lambda one: counts[one])
