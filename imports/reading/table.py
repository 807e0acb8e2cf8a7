"""What every file is read into: a head, rows as they come, and what each column holds. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from imports.planning.days import clue
from imports.planning.names import HEAD_WITHIN, head_place
from tracker.lib.errors import DomainError

SAMPLES, LONGEST_SAMPLE, LONGEST_WORD, LONGEST_NAME = 3, 80, 60, 80


class UnreadableError(DomainError):
    """A file that cannot be read as a table; the message is a sentence for people, shown at the field of the file."""

    def __init__(self, sentence: str) -> None:
        """Put it at the field of the file."""
        super().__init__(sentence, field="file")


class TooLargeError(UnreadableError):
    """A file over the limit; answered with 413."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read: bytes, rows below the head, columns, characters of a cell, seconds."""

    bytes: int
    rows: int
    columns: int
    cell: int
    seconds: float


type Numbered = tuple[int, list[str]]
"""A row and its number in the file, as a spreadsheet counts: the head is one of the first that are not empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table while it is read: reading on may raise UnreadableError. sheet: which one it is, if there are several."""

    format: str
    head: list[str]
    rows: Iterator[Numbered]
    sheet: str = ""


@dataclass(slots=True)
class Column:
    """What is known of one column: its name, some of its cells, its words if they are few, how its days are written."""

    name: str
    samples: list[str] = field(default_factory=list)
    words: dict[str, str] | None = field(default_factory=dict)
    clues: set[str] = field(default_factory=set)

    def learn(self, cells: Iterable[str], most_words: int) -> None:
        """Take in the different cells of some rows."""
        for cell in cells:
            if len(cell) <= LONGEST_WORD and (found := clue(cell)):
                self.clues.add(found)
            if self.words is not None and cell:
                word = plain(cell)
                self.words |= {word.casefold(): self.words.get(word.casefold(), word)} if word else {}
                if len(self.words) > most_words or len(word) > LONGEST_WORD:
                    self.words = None

    def show(self, cells: Sequence[str]) -> None:
        """Keep the first different cells as samples."""
        for cell in cells:
            if len(self.samples) >= SAMPLES:
                return
            sample = plain(cell)[:LONGEST_SAMPLE]
            if sample and sample not in self.samples:
                self.samples.append(sample)


def plain(cell: str) -> str:
    """Return one line with single spaces."""
    return " ".join(cell.split())


def bounded(rows: Iterator[Numbered], limits: Limits) -> Iterator[Numbered]:
    """Yield the rows that hold something; UnreadableError beyond the limits."""
    count = 0
    for number, row in rows:
        width = len(row)
        while width and not row[width - 1].strip():
            width -= 1
        if not width:
            continue
        if width > limits.columns:
            raise UnreadableError(f"Row {number:,} has {width:,} columns. Keep at most {limits.columns}.")
        count += 1
        if count > limits.rows + 1:
            raise UnreadableError(f"There are more than {limits.rows:,} rows. Import them in several files.")
        if max(map(len, row)) > limits.cell:
            raise UnreadableError(f"Row {number:,} has a cell of more than {limits.cell:,} characters. Shorten it.")
        yield number, row[:width]


def begin(form: str, rows: Iterator[Numbered], *, titled: bool = False) -> Table:
    """Take the first row for the head; titled: something may stand above it, which is left out."""
    first = list(islice(rows, HEAD_WITHIN if titled else 1))
    if not first:
        raise UnreadableError("There is nothing in this table.")
    place = head_place([row for _number, row in first])
    head = [plain(name)[:LONGEST_NAME] for name in first[place][1]]
    return Table(form, head, chain(first[place + 1 :], rows))
