"""The zip of an archive: what lies where in it, and reading one that anybody may have made. Pure.

manifest.json            {"format": "waymark", "version": 1, "made_at": ..., "tables": {name: rows}}
README.txt               what each table and field is
data/<table>.json        a list of rows; an import reads these
records/<table>.json     the same for what is told but not brought
csv/<table>.csv          both again, for spreadsheets
documents/<id>           the files, as they were uploaded
"""

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

FORMAT, VERSION = "waymark", 1
MANIFEST, README = "manifest.json", "README.txt"

_MOST_FILES = 1_000
_MOST_RATIO = 200  # of text that says the same again and again; a bomb has thousands
_RATIO_FROM = 1 << 20
_BLOCK = 1 << 20
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class BadArchiveError(ValueError):
    """An archive that cannot be read in; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: bytes of all tables together, bytes of one file, rows of all tables together."""

    json_bytes: int
    file_bytes: int
    rows: int


def place_of(name: str, *, comes_back: bool) -> str:
    """Return where a table lies."""
    return f"{'data' if comes_back else 'records'}/{name}.json"


def file_place(version_id: str) -> str:
    """Return where the file of a document's version lies."""
    return f"documents/{version_id}"


class Reader:
    """An archive that somebody brought; each thing read counts against the limits."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        """Look at what is in it; BadArchiveError unless it is an archive of ours."""
        self._limits, self._left, self._rows = limits, limits.json_bytes, limits.rows
        try:
            self._zip = zipfile.ZipFile(file)
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError):
            raise BadArchiveError("This is no zip file, or it is damaged. Choose the file that Waymark made.") from None
        if len(entries) > _MOST_FILES:
            raise BadArchiveError(f"This zip has {len(entries):,} files; an archive has at most {_MOST_FILES:,}.")
        self._entries = {entry.filename: entry for entry in entries}
        self._check(self._json(MANIFEST, missing="This zip was not made by Waymark: it has no manifest.json."))

    def rows(self, place: str) -> list[dict[str, Any]]:
        """Return the rows of a table; none of one that is not there."""
        if place not in self._entries:
            return []
        found = self._json(place)
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise BadArchiveError(f"{place} is no list of rows.")
        self._rows -= len(found)
        if self._rows < 0:
            raise BadArchiveError(f"This archive has more than {self._limits.rows:,} rows.")
        return found

    def file(self, place: str) -> bytes:
        """Return a document's file."""
        return self._bytes(place, self._limits.file_bytes, missing=f"{place} is not in the archive.")

    def _check(self, manifest: object) -> None:
        if not isinstance(manifest, Mapping) or manifest.get("format") != FORMAT:
            raise BadArchiveError("This zip was not made by Waymark.")
        if manifest.get("version") != VERSION:
            raise BadArchiveError("This archive was made by another version of Waymark, which this one cannot read.")

    def _json(self, place: str, missing: str = "") -> Any:  # noqa: ANN401 - whatever JSON holds
        text = self._bytes(place, self._left, missing=missing)
        self._left -= len(text)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise BadArchiveError(f"{place} is no complete JSON.") from None

    def _bytes(self, place: str, most: int, *, missing: str) -> bytes:
        entry = self._entries.get(place)
        if entry is None:
            raise BadArchiveError(missing)
        if entry.compress_type not in _PACKED:
            raise BadArchiveError(f"{place} is packed in a way that is not read here.")
        # What an entry says of its size may be wrong: no more than that is read.
        if entry.file_size > most:
            raise BadArchiveError(f"{place} is larger than an import takes.")
        if entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
            raise BadArchiveError(f"{place} unpacks to far more than it is.")
        try:
            with self._zip.open(entry) as member:
                return _read(member, most)
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError):
            raise BadArchiveError(f"{place} is damaged, or locked by a password.") from None


def _read(member: IO[bytes], most: int) -> bytes:
    blocks, size = [], 0
    while block := member.read(_BLOCK):
        size += len(block)
        if size > most:
            raise BadArchiveError("A part of the archive is larger than it says.")
        blocks.append(block)
    return b"".join(blocks)
