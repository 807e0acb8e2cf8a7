"""Makes the archive of one person: every table as JSON and as CSV, their documents, and what explains it."""

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from accounts.models import User
from applications.actions.keeping import content_of
from applications.models import DocumentVersion
from applications.sheets import Value, csv_lines
from owndata.archive import FORMAT, MANIFEST, README, VERSION, file_place, place_of
from owndata.explaining import readme
from owndata.queries.rows import Row, Telling, rows_of
from owndata.tables import LEFT_OUT, TABLES
from tracker.lib.portable import Table

type Tell = Callable[[str, int, int], None]


def write_archive(*, person: User, to: IO[bytes], at: dt.datetime, tell: Tell) -> dict[str, int]:
    """Write the zip, and return table -> rows. tell(what, done, of): called as it goes on."""
    counts: dict[str, int] = {}
    telling = Telling(person)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(TABLES):
            tell("Tables", number, len(TABLES))
            rows = rows_of(table, telling)
            counts[table.name] = len(rows)
            archive.writestr(place_of(table.name, comes_back=table.comes_back), _json(rows))
            if rows:
                archive.writestr(f"csv/{table.name}.csv", "".join(csv_lines(_head(table), _cells(table, rows))))
        _write_files(archive, telling, tell)
        archive.writestr(README, readme(TABLES, counts, LEFT_OUT))
        told = {"format": FORMAT, "version": VERSION, "made_at": at.isoformat(), "tables": counts}
        archive.writestr(MANIFEST, _json(told))
    return counts


def _write_files(archive: zipfile.ZipFile, telling: Telling, tell: Tell) -> None:
    """Write the file of each version that is told; one that is missing on the disk is missing here."""
    known = telling.ids[DocumentVersion]
    versions = DocumentVersion.objects.visible_to(telling.person).filter(pk__in=known).order_by("pk")
    for number, version in enumerate(versions.iterator()):
        tell("Documents", number, len(known))
        content = content_of(version)
        if content is not None:
            archive.writestr(file_place(known[version.pk]), content, zipfile.ZIP_STORED)


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)


def _head(table: Table) -> list[str]:
    return [
        "id",
        *(one.name for one in table.fields() if one.name != "public_id"),
        *(one.name for one in table.lists()),
    ]


def _cells(table: Table, rows: list[Row]) -> Iterator[list[Value]]:
    head = _head(table)
    return ([_cell(row.get(name)) for name in head] for row in rows)


def _cell(value: Any) -> Value:  # noqa: ANN401 - whatever a row holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return value["name"] if "name" in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return value if isinstance(value, str | int) else None if value is None else str(value)
