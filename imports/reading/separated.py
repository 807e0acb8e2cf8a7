"""CSV, whatever its separator; the apostrophe that our own export puts before a formula is taken off. Pure."""

import contextlib
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from applications.sheets import unguarded
from imports.planning.names import HEAD_WITHIN, named
from imports.reading.table import Limits, Numbered, Table, UnreadableError, begin, bounded

_SEPARATORS = ",;\t"
_HEAD = 20_000
_SAID = re.compile(r"\"?sep=([,;\t|])\"?\r?\n", re.IGNORECASE)


def read_separated(text: str, form: str, limits: Limits) -> Table:
    """Read CSV with commas, semicolons or tabs, whichever its head has most of, or what a line for Excel names."""
    said = _SAID.match(text)
    separator, text = (said[1], text[said.end() :]) if said else (_separator(text), text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return begin(form, bounded(_numbered(rows), limits), titled=True)


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
    """Return the one by which a row names most fields; else the one that the first line with any has most of.

    Those within quotation marks do not count.
    """
    found = {one: _fields_named(text[:_HEAD], one) for one in _SEPARATORS}
    if max(found.values()) > 1:
        return max(found, key=lambda one: found[one])
    counts, quoted = dict.fromkeys(_SEPARATORS, 0), False
    for letter in text[:_HEAD]:
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in counts:
            counts[letter] += 1
        elif not quoted and letter in "\r\n" and any(counts.values()):
            break
    return max(_SEPARATORS, key=lambda one: counts[one])


def _fields_named(text: str, separator: str) -> int:
    """Return how many fields one of the first rows names, if this is what separates them."""
    most = 0
    with contextlib.suppress(csv.Error):
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), HEAD_WITHIN):
            most = max(most, named(row))
    return most
