"""Reads preparation.json: sets of things to prepare for interview rounds. Pure: any JSON gives an answer.

A file is taken whole or not at all, since a set with a gap would look complete. docs/decisions/0016 says what each
field means.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from companies.cells import BadCellError, Row, UnreadableFileError, flag, mapping, text
from companies.links import BadLinkError
from companies.roster import link

MOST_SETS, MOST_ITEMS = 200, 60
LONGEST_MINUTES = 600
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One thing to do."""

    text: str
    minutes: int
    url: str


@dataclass(frozen=True, slots=True)
class SetEntry:
    """One set; `facts` are fields of the model."""

    slug: str
    facts: dict[str, object]
    items: list[ItemEntry]


def read_sets(content: object, *, kinds: Collection[str], people: Collection[str]) -> list[SetEntry]:
    """Read every set of a decoded file; UnreadableFileError names the first thing that is wrong."""
    rows = content.get("sets") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not rows:
        raise UnreadableFileError('This is no list of sets: it should be an object with a list "sets".')
    if len(rows) > MOST_SETS:
        raise UnreadableFileError(f"This file has {len(rows):,} sets; import at most {MOST_SETS} at a time.")
    entries: dict[str, SetEntry] = {}
    for number, row in enumerate(rows, start=1):
        try:
            entry = _set(mapping(row, "The row"), number, kinds, people)
        except (BadCellError, BadLinkError) as error:
            raise UnreadableFileError(f"Set {number}: {error}") from None
        if entry.slug in entries:
            raise UnreadableFileError(f"Set {number}: {entry.slug} stands there twice.")
        entries[entry.slug] = entry
    return list(entries.values())


def _set(row: Row, number: int, kinds: Collection[str], people: Collection[str]) -> SetEntry:
    slug = text(row, "slug", 60, required=True)
    if not _SLUG.fullmatch(slug):
        raise BadCellError("slug may have small letters, digits and hyphens, like research-discussion.")
    facts: dict[str, object] = {
        "name": text(row, "name", 120, required=True),
        "kind": _choice(row, "kind", kinds),
        "with_whom": _choice(row, "with_whom", people),
        "about": text(row, "about", 300),
        "position": number,
        "is_suggested": flag(row, "suggested", default=True),
        "source_url": link(row, "source_url"),
    }
    return SetEntry(slug, facts, _items(row))


def _items(row: Row) -> list[ItemEntry]:
    found = row.get("items")
    if not isinstance(found, list) or not 0 < len(found) <= MOST_ITEMS:
        raise BadCellError(f"items should be a list of 1 to {MOST_ITEMS} things to do.")
    items = []
    for number, item in enumerate(found, start=1):
        try:
            items.append(_item(mapping(item, "it")))
        except (BadCellError, BadLinkError) as error:
            raise BadCellError(f"item {number}: {error}") from None
    if len({item.text for item in items}) < len(items):
        raise BadCellError("two items have the same text.")
    return items


def _item(row: Row) -> ItemEntry:
    minutes = row.get("minutes", 30)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < minutes <= LONGEST_MINUTES:
        raise BadCellError(f"minutes should be a whole number from 1 to {LONGEST_MINUTES}.")
    return ItemEntry(text(row, "text", 300, required=True), minutes, link(row, "url"))


def _choice(row: Row, name: str, known: Collection[str]) -> str:
    value = text(row, name, 40)
    if value and value not in known:
        raise BadCellError(f"{name} is {value!r}; write one of {', '.join(known)}, or leave it out.")
    return value
