"""Reads the cells of imported files; what is not as it should be becomes a sentence for people. Pure."""

import codecs
import datetime as dt
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

FIRST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC).timestamp()
LAST = dt.datetime(2101, 1, 1, tzinfo=dt.UTC).timestamp()

_SHORT = 30
_IN_ORDER = re.compile(r"[!-~]+(?: [!-~]+)*")
"""Printable ASCII with single spaces."""
_LARGEST = 10**30

type Row = Mapping[str, object]


class UnreadableFileError(ValueError):
    """The whole file cannot be read as what it should be; the message is a sentence for people."""


class BadCellError(ValueError):
    """One row cannot be taken; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not taken, counted from 1, and why."""

    row: int
    message: str


def document(data: bytes) -> object:
    """Read JSON in UTF-8, UTF-16 or UTF-32, with or without a byte order mark."""
    if not data.strip():
        raise UnreadableFileError("The file is empty.")
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableFileError(f"This is not complete JSON: reading stopped at {where}.") from None
    except UnicodeDecodeError:
        raise UnreadableFileError("This is not JSON: the bytes are no text.") from None
    except (ValueError, RecursionError):
        raise UnreadableFileError("This JSON has a number or a nesting that is too large to read.") from None


def mapping(value: object, what: str) -> Row:
    """Return an object of JSON."""
    if not isinstance(value, dict):
        raise BadCellError(f"{what} is {_kind(value)}; write an object with named fields.")
    return value


def text(row: Row, name: str, longest: int, *, required: bool = False) -> str:
    """Return a text with single spaces; nothing when it is missing and need not be there."""
    value = row.get(name)
    if (value is None or value == "") and not required:
        return ""
    if value is None:
        raise BadCellError(f"{name} is missing.")
    if not isinstance(value, str):
        raise BadCellError(f"{name} is {_kind(value)}; write a text.")
    return clean(value, name, longest, required=required)


def clean(value: str, name: str, longest: int, *, required: bool = False) -> str:
    """Return a text with single spaces that the database can hold."""
    # Of the many texts of a file nearly all are either in order or, like places and terms, the same ones again.
    if len(value) <= _SHORT:
        return _cleaned(value, name, longest, required)
    if len(value) <= longest and _IN_ORDER.fullmatch(value):
        return value
    return _clean(value, name, longest, required)


def _clean(value: str, name: str, longest: int, required: bool) -> str:  # noqa: FBT001 - remembered by position
    if len(value) > 2 * longest or len(value := " ".join(value.split())) > longest:
        raise BadCellError(f"{name} has {len(value):,} characters; write at most {longest:,}.")
    if required and not value:
        raise BadCellError(f"{name} is missing.")
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise BadCellError(f"{name} holds half a character; write it as UTF-8.")
    if "\0" in value:
        raise BadCellError(f"{name} holds a NUL character; remove it.")
    return value


_cleaned = lru_cache(maxsize=10_000)(_clean)


def texts(row: Row, name: str, longest: int, most: int = 100) -> list[str]:
    """Return a list of texts without empty and repeated ones; an empty one when it is missing."""
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadCellError(f"{name} is {_kind(value)}; write a list of texts.")
    if len(value) > most:
        raise BadCellError(f"{name} has {len(value):,} entries; write at most {most}.")
    found = [clean(item, name, longest) for item in value]
    return found if len(found) == 1 and found[0] else list(dict.fromkeys(filter(None, found)))


def flag(row: Row, name: str, *, default: bool) -> bool:
    """Return true or false; the default when it is missing."""
    value = row.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BadCellError(f"{name} is {_kind(value)}; write true or false.")
    return value


def unix_instant(row: Row, name: str) -> dt.datetime | None:
    """Return the instant that Unix seconds name; None when they are missing."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCellError(f"{name} is {_kind(value)}; write Unix seconds, like 1790000000.")
    if not math.isfinite(value) or not FIRST <= value < LAST:
        unit = ", not milliseconds" if FIRST * 1000 <= value < LAST * 1000 else ""
        raise BadCellError(f"{name} is no time between 1990 and 2100; write Unix seconds{unit}, like 1790000000.")
    return dt.datetime.fromtimestamp(int(value), dt.UTC)


def millis_instant(row: Row, name: str) -> dt.datetime | None:
    """Return the instant that Unix milliseconds name; None when they are missing."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCellError(f"{name} is {_kind(value)}; write Unix milliseconds, like 1790000000000.")
    if not math.isfinite(value) or not FIRST <= value / 1000 < LAST:
        unit = ", not seconds" if FIRST <= value < LAST else ""
        said = f"{name} is no time between 1990 and 2100; write Unix milliseconds{unit}, like 1790000000000."
        raise BadCellError(said)
    return dt.datetime.fromtimestamp(value // 1000, dt.UTC)


def instant(row: Row, name: str) -> dt.datetime | None:
    """Return the instant written as in ISO 8601, in UTC where it names no zone; None when it is missing.

    It keeps the offset that it is written with, so that its day is that of whoever wrote it.
    """
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        found = dt.datetime.fromisoformat(value.strip() if isinstance(value, str) else "")
        found = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
        sensible = FIRST <= found.timestamp() < LAST
    except (ValueError, OverflowError):
        raise BadCellError(f"{name} is no time; write it like 2027-02-28T12:00:00Z.") from None
    if not sensible:
        raise BadCellError(f"{name} is no time between 1990 and 2100.")
    return found


def identity(row: Row, name: str, longest: int = 200) -> str:
    """Return what the source calls the row: a text or a whole number."""
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return clean(str(value) if abs(value) < _LARGEST else "", name, longest, required=True)
    return text(row, name, longest, required=True)


def part(row: Row, name: str) -> Row:
    """Return an object within an object; an empty one for anything else, since sources leave such parts out at will."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def table_text(data: bytes) -> str:
    """Return the text of a table: UTF-8 or UTF-16 with their marks, UTF-8 without, else Latin-1."""
    if not data.strip():
        raise UnreadableFileError("The file is empty.")
    if b"\0" in data[:4] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFileError("This is no table in CSV: the bytes are no text.")
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise UnreadableFileError("This is no table in CSV: the bytes are no text.") from None
        return data.decode("latin-1")


def iso_day(row: Row, name: str) -> dt.date | None:
    """Return the day written as 2027-02-28; None when it is missing."""
    value = row.get(name)
    if value is None:
        return None
    try:
        day = dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise BadCellError(f"{name} is no day; write it like 2027-02-28.") from None
    if not FIRST <= dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp() < LAST:
        raise BadCellError(f"{name} is no day between 1990 and 2100.")
    return day


def _kind(value: object) -> str:
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a text",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), "nothing")
