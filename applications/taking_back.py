"""What lies between two states of a student's rows, and what puts the first one back. Pure.

A row is a mapping of column to value, as the database tells it in JSON. A difference is (before, after): None on the
left for a row that was added, on the right for one that was deleted; of a changed row, only what changed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.lib.errors import StaleError

type Key = tuple[str, int]
type Rows = Mapping[Key, str]
type Row = dict[str, Any]
type Difference = tuple[Row | None, Row | None]

# Not facts: a later change of these alone does not stand in the way. The counters only ever grow.
_MOMENT, _COUNTERS = "updated_at", frozenset({"version", "revision"})
_SOFT = _COUNTERS | {_MOMENT}
_PARENTS = {
    "application_id": "applications_application",
    "round_id": "applications_interviewround",
    "placement_id": "applications_placement",
    "document_id": "applications_document",
    "version_id": "applications_documentversion",
}


@dataclass
class WayBack:
    """The rows to delete, those to change (column -> value), and those to put in again."""

    delete: dict[str, list[int]] = field(default_factory=dict)
    change: list[tuple[Key, Row]] = field(default_factory=list)
    insert: dict[str, list[Row]] = field(default_factory=dict)


def differences(before: Rows, after: Rows) -> dict[str, list[Difference]]:
    """Return what changed, by table; equal rows are equal texts."""
    changes: dict[str, list[Difference]] = {}
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new:
            changes.setdefault(key[0], []).append(_difference(_read(old), _read(new)))
    return changes


def way_back(changes: Mapping[str, Iterable[Difference]], now: Rows) -> WayBack:
    """Return what to do so that all is as before; StaleError when anything of it has changed again.

    What was added is not taken away either when something was added to it since, for that would go with it.
    """
    back, added = WayBack(), set()
    for table, pairs in changes.items():
        for before, after in pairs:
            key = table, (before or after or {})["id"]
            present = _read(now.get(key))
            if before is None:
                _same(after, present)
                added.add(key)
                back.delete.setdefault(table, []).append(key[1])
            elif after is None:
                back.insert.setdefault(table, []).append(_again(before, present))
            elif columns := _columns(before, after, present):
                back.change.append((key, columns))
    _nothing_hangs_on(added, now)
    return back


def stale() -> StaleError:
    """Say that a change cannot be taken back any more."""
    return StaleError("There was another change since. Nothing was undone.")


def _read(row: str | None) -> Row | None:
    return json.loads(row) if row else None


def _difference(before: Row | None, after: Row | None) -> Difference:
    if before is None or after is None:
        return before, after
    touched = ["id", *(column for column in before if before[column] != after[column])]
    return {column: before[column] for column in touched}, {column: after[column] for column in touched}


def _same(after: Row | None, now: Row | None) -> None:
    if now is None or after is None or any(now[column] != after[column] for column in after.keys() - _SOFT):
        raise stale()


def _again(before: Row, now: Row | None) -> Row:
    """Return a deleted row as it comes back: what was planned from an older count is planned anew."""
    if now is not None:
        raise stale()
    return before | {column: before[column] + 1 for column in _COUNTERS & before.keys()}


def _columns(before: Row, after: Row, now: Row | None) -> Row:
    """Return column -> value to put back, having made sure that no other change came since."""
    _same(after, now)
    present = now or {}
    back = {column: before[column] for column in before.keys() - _SOFT - {"id"}}
    back |= {column: present[column] + 1 for column in _COUNTERS & before.keys()}
    if _MOMENT in before and present[_MOMENT] == after[_MOMENT]:
        back[_MOMENT] = before[_MOMENT]
    return back


def _nothing_hangs_on(added: set[Key], now: Rows) -> None:
    if not added:
        return
    for key, text in now.items():
        row = (_read(text) or {}) if key not in added else {}
        if any((table, row.get(column)) in added for column, table in _PARENTS.items()):
            raise stale()
