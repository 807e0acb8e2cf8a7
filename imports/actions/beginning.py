"""The first step: a file becomes a table that is kept, or a sentence says why not."""

import datetime as dt
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import batched, zip_longest

from django.conf import settings
from django.db import transaction

from accounts.models import User
from applications.files.names import usable_name
from imports.models import Import, Part
from imports.reading import Column, Limits, Numbered, Table, UnreadableError, read_table

_FAST = 1


def begin_import(*, student: User, name: str, content: bytes, at: dt.datetime) -> Import:
    """Read a file and keep its rows, which are added only later; UnreadableError for what is no table.

    Only the last few that were left lying are kept.
    """
    table = read_table(name, content, limits())
    with transaction.atomic():
        file = Import.objects.create(
            student=student, file_name=usable_name(name), format=table.format, sheet=table.sheet, made_at=at
        )
        file.columns, file.rows_read = _keep(file, table)
        if not file.rows_read:
            raise UnreadableError("There is a head, but no row under it.")
        file.save(update_fields=["columns", "rows_read"])
        _forget_left(student)
    return file


def limits() -> Limits:
    """Return how much of a file is read."""
    return Limits(
        bytes=settings.WAYMARK_SHEET_BYTES,
        rows=settings.WAYMARK_SHEET_ROWS,
        columns=settings.WAYMARK_SHEET_COLUMNS,
        cell=settings.WAYMARK_SHEET_CELL,
        seconds=settings.WAYMARK_SHEET_SECONDS,
    )


def rows_kept(file: Import) -> Iterator[list[Numbered]]:
    """Yield the rows as they were read, some thousand at a time."""
    for packed in Part.objects.filter(file=file).order_by("number").values_list("rows", flat=True).iterator(1):
        yield json.loads(zlib.decompress(packed))


def cells_kept(file: Import, numbers: set[int]) -> dict[int, list[str]]:
    """Return the cells of these rows as they were read."""
    return {number: cells for rows in rows_kept(file) for number, cells in rows if number in numbers}


def _keep(file: Import, table: Table) -> tuple[list[dict[str, object]], int]:
    """Write the rows; return what is known of the columns, and how many rows there are."""
    columns, count = [Column(name) for name in table.head], 0
    for place, rows in enumerate(batched(table.rows, settings.WAYMARK_IMPORT_BATCH)):
        _learn(columns, [cells for _number, cells in rows])
        packed = zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), _FAST)
        Part.objects.create(file=file, number=place, rows=packed)
        count += len(rows)
    known = [asdict(column) | {"clues": sorted(column.clues)} for column in columns]
    return [one | {"words": list((one["words"] or {}).values())} for one in known], count


def _learn(columns: list[Column], rows: Sequence[Sequence[str]]) -> None:
    for place, cells in enumerate(zip_longest(*rows, fillvalue="")):
        if place == len(columns):
            columns.append(Column(f"Column {place + 1}"))
        columns[place].learn(dict.fromkeys(cells), settings.WAYMARK_SHEET_WORDS)
        columns[place].show(cells)


def _forget_left(student: User) -> None:
    left = Import.objects.visible_to(student).filter(state__in=[Import.State.MATCHING, Import.State.REVIEW])
    kept = left.order_by("-made_at", "-pk").values_list("pk", flat=True)[: settings.WAYMARK_SHEETS_LEFT]
    left.exclude(pk__in=list(kept)).delete()
