"""A table in Markdown, such as the one that career-ops keeps. Pure."""

import re
from collections.abc import Iterator

from imports.reading.table import Limits, Numbered, Table, UnreadableError, begin, bounded

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_APART = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_MARKS = re.compile(r"\*\*|__|`")


def is_markdown(text: str) -> bool:
    """Say whether there is a table in it: a line with bars, and under it a rule of dashes."""
    return _start(text.splitlines()[:500]) is not None


def read_markdown(text: str, form: str, limits: Limits) -> Table:
    """Read the first table; the first web address of a row becomes a column of its own."""
    lines = text.splitlines()
    start = _start(lines)
    if start is None:
        raise UnreadableError("There is no table in this text.")
    return begin(form, bounded(_rows(lines, start), limits))


def _start(lines: list[str]) -> int | None:
    for number in range(1, len(lines)):
        if "|" in lines[number] and "|" in lines[number - 1] and _RULE.fullmatch(lines[number]):
            return number - 1
    return None


def _rows(lines: list[str], start: int) -> Iterator[Numbered]:
    head = [_plain(cell) for cell in _cells(lines[start])]
    named = {"link", "url"} & {name.casefold() for name in head}
    yield start + 1, head if named else [*head, "Link"]
    for number in range(start + 2, len(lines)):
        if "|" not in lines[number]:
            return
        cells = _cells(lines[number])
        padded = [_plain(cell) for cell in cells] + [""] * (len(head) - len(cells))
        yield number + 1, padded if named else [*padded[: len(head)], _address(cells), *padded[len(head) :]]


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.strip().replace("\\|", "|") for cell in _APART.split(line)]


def _plain(cell: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", cell)).replace("<br>", "\n").strip()


def _address(cells: list[str]) -> str:
    found = (match[2] for cell in cells for match in _LINK.finditer(cell))
    return next((url for url in found if url.startswith(("https://", "http://"))), "")
