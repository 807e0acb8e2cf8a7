"""The third step: cells are corrected in place, and each row that looks like another one gets its choice."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from imports.actions.beginning import cells_kept
from imports.actions.matching import lock_open
from imports.actions.planning import corrected, identify, keys_of, ways_of
from imports.actions.resolving import Placed, Resolver
from imports.models import Import, ImportRow
from imports.planning.row import Problem, columns_of, read_row
from imports.planning.twins import Twin, Twins
from imports.queries.known import own_keys
from tracker.lib.errors import DomainError

Verdict, Choice = ImportRow.Verdict, ImportRow.Choice
_FACTS = (
    "cells", "fixed", "verdict", "problems", "facts", "events", "company", "company_id_found", "company_key",
    "posting_id_found", "tells_stage", "url_key", "name_key", "choice",
)  # fmt: skip


class StillWrongError(DomainError):
    """A correction that leaves the row as wrong as it was, or makes it so; nothing was saved."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep what is wrong."""
        super().__init__("This row still needs a look.")
        self.problems = problems


def correct_row(*, row: ImportRow, cells: Mapping[int, str], by: User, at: dt.datetime) -> ImportRow:
    """Put other texts into cells of a row and plan it anew; StillWrongError when it cannot be added so either."""
    with transaction.atomic():
        file = lock_open(row.file, by)
        fresh = ImportRow.objects.select_for_update().get(pk=row.pk)
        fixed = {**fresh.fixed, **{str(place): text.replace("\r\n", "\n") for place, text in cells.items()}}
        whole = corrected(fresh.cells or cells_kept(file, {fresh.number}).get(fresh.number, []), fixed)
        ways = ways_of(file, at.astimezone(by.tz).date())
        [placed] = Resolver(by, ways).place([read_row(fresh.number, whole, ways, columns_of(ways))])
        if placed.row.problems:
            raise StillWrongError(placed.row.problems)
        identify([placed.row])
        _take(fresh, placed, whole, fixed)
        compare(file, by)
    fresh.refresh_from_db()
    return fresh


def choose(*, row: ImportRow, choice: str, by: User) -> None:
    """Say what to do with a row that looks like another one."""
    if choice not in Choice.values or (choice == Choice.FILE and row.twin is None):
        raise DomainError("Choose what to do with this row.")
    with transaction.atomic():
        lock_open(row.file, by)
        if not ImportRow.objects.filter(pk=row.pk, verdict=Verdict.SAME).update(choice=choice):
            raise DomainError("This row looks like no other one.", field="choice")


def choose_all(*, file: Import, choice: str, by: User) -> int:
    """Say the same of all rows that look like an application of one's own, or, to keep mine or add both, like any."""
    if choice not in Choice.values:
        raise DomainError("Choose what to do with them.")
    with transaction.atomic():
        lock_open(file, by)
        about = Q(twin__isnull=False) if choice == Choice.FILE else Q()
        return ImportRow.objects.filter(about, file=file, verdict=Verdict.SAME).update(choice=choice)


def compare(file: Import, by: User) -> None:
    """Tell anew which rows look like another one, after one of them changed."""
    twins, changed = Twins(*own_keys(by)), []
    rows = ImportRow.objects.filter(file=file).exclude(verdict=Verdict.WRONG).order_by("number")
    for row in rows.only("number", "verdict", "choice", "url_key", "name_key", "twin", "twin_row").iterator():
        twin = twins.of(row.number, row.url_key, row.name_key)
        if twin != (row.twin, row.twin_row):
            row.twin, row.twin_row = twin
            row.verdict, row.choice = (Verdict.READY if twin == Twin() else Verdict.SAME), Choice.MINE
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["twin", "twin_row", "verdict", "choice"], batch_size=500)
    _keep_cells(file)


def _keep_cells(file: Import) -> None:
    """Keep the cells of rows that were ready before: they may end among those that are left."""
    bare = ImportRow.objects.filter(file=file, verdict=Verdict.SAME, cells=None).only("number")
    rows = list(bare)
    cells = cells_kept(file, {row.number for row in rows}) if rows else {}
    for row in rows:
        row.cells = cells.get(row.number, [])
    ImportRow.objects.bulk_update(rows, ["cells"], batch_size=500)


def _take(row: ImportRow, placed: Placed, cells: list[str], fixed: dict[str, str]) -> None:
    row.cells, row.fixed, row.problems = cells, fixed, []
    row.verdict, row.choice, row.twin, row.twin_row = Verdict.READY, Choice.MINE, None, None
    row.facts, row.events, row.tells_stage = placed.row.facts, placed.row.events, placed.row.tells_stage
    row.company, row.company_id_found, row.company_key = placed.name, placed.company, placed.key
    row.posting_id_found = placed.posting
    row.url_key, row.name_key = keys_of(placed)
    row.save(update_fields=[*_FACTS, "twin", "twin_row"])
