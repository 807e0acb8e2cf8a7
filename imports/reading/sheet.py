"""The parts of a workbook as they come out of the archive: texts, looks and cells, read as a stream of XML. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn
from xml.parsers import expat

from imports.reading.table import Numbered, UnreadableError

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DATE_LOOKS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[dmyh]", re.IGNORECASE)
_FIRST, _FIRST_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet knows no zone
_LAST_SERIAL = 2_958_465
_TEXTS_MOST = 16 * 1024**2


def simple(chunks: Iterable[bytes], name: str) -> list[dict[str, str]]:
    """Return the attributes of the elements of this name."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == name:
            found.append(attributes)

    for _ in _parse(chunks, start, None, None):
        pass
    return found


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, as Excel writes them: _x000D_."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004 - halves of characters


class Shared:
    """Reads the texts that cells name by number."""

    def __init__(self) -> None:
        """Begin with none."""
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._phonetic = self._open = False
        self._size = 0

    def read(self, chunks: Iterable[bytes]) -> list[str]:
        """Return all of them, in their order."""
        for _ in _parse(chunks, self._start, self._end, self._data):
            pass
        return self.texts

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        self._open = name == "t" and not self._phonetic

    def _end(self, tag: str) -> None:
        name = _local(tag)
        self._open = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append(unescaped("".join(self._parts)))
            self._size += len(self.texts[-1]) + 50
            if self._size > _TEXTS_MOST * 2:
                raise UnreadableError("There is too much text in this workbook. Save the sheet alone, as CSV.")

    def _data(self, data: str) -> None:
        if self._open:
            self._parts.append(data)


class Styles:
    """Which looks of cells show a number as a day."""

    def __init__(self, *, since_1904: bool) -> None:
        """Count days from the first of 1904, as old programs for the Mac did, or as all others do."""
        self.first = _FIRST_1904 if since_1904 else _FIRST
        self.days: list[bool] = []
        self._own: set[int] = set()
        self._in_cells = False

    def read(self, chunks: Iterable[bytes]) -> "Styles":
        """Take them in."""
        for _ in _parse(chunks, self._start, self._end, None):
            pass
        return self

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "numFmt" and _DATE_LETTERS.search(_NOT_DATE.sub("", attributes.get("formatCode", ""))):
            self._own.add(int(attributes.get("numFmtId", "0")))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            look = int(attributes.get("numFmtId", "0"))
            self.days.append(look in _DATE_LOOKS or look in self._own)

    def _end(self, tag: str) -> None:
        if _local(tag) == "cellXfs":
            self._in_cells = False

    def is_day(self, style: int) -> bool:
        """Say whether a cell of this look shows a day."""
        return style < len(self.days) and self.days[style]


def rows_of(chunks: Iterable[bytes], shared: list[str], styles: Styles, *, most: int) -> Iterator[Numbered]:
    """Yield the rows of a sheet with their numbers; `most` columns are taken."""
    cells = _Cells(shared, styles, most)
    for _ in _parse(chunks, cells.start, cells.end, cells.data):
        yield from cells.taken()
    yield from cells.taken()


class _Cells:
    """Puts the cells of a sheet together, row by row."""

    def __init__(self, shared: list[str], styles: Styles, most: int) -> None:
        self.shared, self.styles, self.most = shared, styles, most
        self.rows: list[Numbered] = []
        self.number, self.row = 0, []  # type: tuple[int, list[str]]
        self.column, self.kind, self.style, self.formula = 0, "n", 0, False
        self.open = ""
        self.parts: list[str] = []
        self.written: list[str] = []

    def taken(self) -> list[Numbered]:
        """Hand over the rows that are complete."""
        rows, self.rows = self.rows, []
        return rows

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            # One that does not say where it is stands after the one before, be that empty.
            self.column = _column(place[1]) if place else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", "0"))
            self.parts, self.written = [], []
        elif name == "row":
            said = attributes.get("r", "")
            self.number = int(said) if said.isdecimal() and len(said) < 8 else self.number + 1  # noqa: PLR2004
            self.row, self.column = [], -1
        self.open = name if name in {"v", "t", "f"} else ""

    def data(self, data: str) -> None:
        if self.open == "f":
            self.written.append(data)
        elif self.open:
            self.parts.append(data)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self.open = ""
        if name == "c":
            self._put(self._text())
        elif name == "row":
            self.rows.append((self.number, self.row))

    def _put(self, text: str) -> None:
        if not text:
            return
        if self.column >= self.most:
            raise UnreadableError(
                f"Row {self.number:,} has more than {self.most} columns. Delete those you do not need."
            )
        self.row.extend([""] * (self.column + 1 - len(self.row)))
        self.row[self.column] = text

    def _text(self) -> str:
        if self.written:
            return f"={''.join(self.written)}"
        text = "".join(self.parts)
        if self.kind == "s":
            return self.shared[int(text)] if text else ""
        if self.kind == "n":
            return self._number(text)
        if self.kind == "b":
            return {"1": "Yes", "0": "No"}.get(text, "")
        return "" if self.kind == "e" else unescaped(text)

    def _number(self, text: str) -> str:
        if not text:
            return ""
        number = float(text)
        if self.styles.is_day(self.style) and 1 <= number <= _LAST_SERIAL:
            moment = self.styles.first + dt.timedelta(days=number)
            return moment.date().isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 10**15 else text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parse(
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None,
    data: Callable[[str], None] | None,
) -> Iterator[None]:
    """Feed a part to the parser and yield after each piece; definitions of entities are refused."""
    parser: Any = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.buffer_text = True
    empty = True
    for chunk in chunks:
        empty = False
        parser.Parse(chunk)
        yield
    if not empty:
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keywords
        yield


def _refuse_definitions(*_: object) -> NoReturn:
    raise UnreadableError("There are definitions of entities (a DTD) in this workbook. Save the sheet as CSV.")
