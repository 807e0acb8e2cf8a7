"""JSON with a list of applications, as Reactive Resume and others write it. Pure."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from imports.reading.table import Limits, Numbered, Table, UnreadableError, begin, bounded

_CHUNKS_PER_ROW = 20
_LISTS = ("items", "applications", "jobs", "data")
_HALF = re.compile("[\ud800-\udfff\0]")
_PERSON = ("name", "role", "email", "phone")


def read_objects(text: str, form: str, limits: Limits) -> Table:
    """Read a list of objects, or an object that holds one; what they have in them becomes lines of text."""
    if text.count("{") + text.count("[") > limits.rows * _CHUNKS_PER_ROW:
        raise UnreadableError(f"There are more than {limits.rows:,} rows. Import them in several files.")
    rows = _rows(_parsed(text))
    head = list(dict.fromkeys(key for row in rows for key in row))
    if not head:
        raise UnreadableError("There is no list of applications in this JSON.")
    cells = (
        (number, [_cell(row.get(key)) for key in head] if number > 1 else head)
        for number, row in enumerate([{}, *rows], start=1)
    )
    return begin(form, bounded(_clean(cells), limits))


def _parsed(text: str) -> Any:  # noqa: ANN401 - whatever somebody's program wrote
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"This is not complete JSON: reading stopped at line {error.lineno:,}.") from None
    except (ValueError, RecursionError):
        raise UnreadableError("This JSON has a number or a nesting that is too large to read.") from None


def _rows(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - the same
    if isinstance(found, dict):
        held = [value for value in found.values() if isinstance(value, list)]
        found = next(
            (found[name] for name in _LISTS if isinstance(found.get(name), list)), held[0] if held else [found]
        )
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _clean(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    for number, row in rows:
        if any(_HALF.search(cell) for cell in row):
            raise UnreadableError(f"Object {number - 1:,} holds half a character. Save it again, in UTF-8.")
        yield number, row


def _cell(value: Any, *, within: bool = False) -> str:  # noqa: ANN401 - the same
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        people = any(isinstance(one, dict) for one in value)
        return ("\n" if people else ", ").join(filter(None, (_cell(one, within=True) for one in value)))
    if isinstance(value, dict):
        known = [name for name in _PERSON if value.get(name)]
        said = [_cell(value[name], within=True) for name in known or value if not isinstance(value[name], list | dict)]
        return ", ".join(filter(None, said)) if within else "\n".join(filter(None, said))
    return str(value)
