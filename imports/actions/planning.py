"""Makes the plan of an import: what each row becomes, stored as it will run."""

import datetime as dt
import json
from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from imports.actions.beginning import rows_kept
from imports.actions.resolving import Placed, Resolver
from imports.models import Import, ImportRow
from imports.planning.row import Row, Ways, columns_of, read_row
from imports.planning.twins import Twin, Twins, name_key
from imports.queries.known import choices_made, fingerprint, own_keys, seasons_by_name
from imports.reading import FORMATS, Numbered
from tracker.lib.ids import new_public_ids

_COLUMNS = (
    "file_id", "number", "verdict", "choice", "cells", "fixed", "problems", "public_id", "facts", "events", "company",
    "company_id_found", "company_key", "posting_id_found", "tells_stage", "url_key", "name_key", "twin", "twin_row",
)  # fmt: skip
_COPY = f"COPY imports_importrow ({', '.join(_COLUMNS)}) FROM STDIN"
Verdict, Choice = ImportRow.Verdict, ImportRow.Choice
_NEW = Twin()
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

type _Chosen = dict[int, tuple[dict[str, str], str, tuple[int | None, int | None]]]


def ways_of(file: Import, on: dt.date) -> Ways:
    """Return how the rows of a file are read on this day."""
    return Ways(
        heads=file.heads,
        fields=file.fields,
        on=on,
        day_first=file.day_first is not False,
        words=file.words,
        nothing=FORMATS[file.format].nothing,
        seasons=seasons_by_name(),
        tags_most=settings.WAYMARK_TAGS_MOST,
    )


@transaction.atomic
def make_plan(*, file: Import, by: User, at: dt.datetime) -> None:
    """Plan every row anew; what a person corrected stays, and so does what they chose where it is about the same."""
    ways, chosen = ways_of(file, at.astimezone(by.tz).date()), choices_made(file)
    ImportRow.objects.filter(file=file).delete()
    resolver, twins = Resolver(by, ways), Twins(*own_keys(by))
    for rows in rows_kept(file):
        placed = resolver.place(_read(rows, ways, chosen))
        ids = iter(new_public_ids(len(placed)))
        identify([one.row for one in placed])
        _store([(file.pk, *_line(one, next(ids), twins, chosen)) for one in placed])
    file.seen, file.state, file.problem = fingerprint(by), Import.State.REVIEW, ""
    file.save(update_fields=["seen", "state", "problem"])


def _read(rows: Sequence[Numbered], ways: Ways, chosen: _Chosen) -> list[Row]:
    columns = columns_of(ways)
    return [
        read_row(number, corrected(cells, chosen[number][0]) if number in chosen else cells, ways, columns)
        for number, cells in rows
    ]


def corrected(cells: Sequence[str], fixed: dict[str, str]) -> list[str]:
    """Return the cells with those that were corrected."""
    found = list(cells)
    for place, text in fixed.items():
        found.extend([""] * (int(place) + 1 - len(found)))
        found[int(place)] = text
    return found


def keys_of(one: Placed) -> tuple[str, str]:
    """Return by which a row is compared: the key of its link, and that of company and role."""
    link = one.row.link
    return link.key if link else "", name_key(one.company, one.key, one.row.role)


def identify(rows: Sequence[Row]) -> None:
    """Give the entries of their timelines ids."""
    events = [event for row in rows for event in row.events]
    for event, public_id in zip(events, new_public_ids(len(events)), strict=True):
        event["public_id"] = public_id


def _line(one: Placed, public_id: str, twins: Twins, chosen: _Chosen) -> tuple[object, ...]:
    """Return what stands in the columns of a row, in their order, after the file."""
    row = one.row
    fixed, choice, before = chosen.get(row.number, ({}, Choice.MINE, _NEW))
    url_key, named = ("", "") if row.problems else keys_of(one)
    twin = _NEW if row.problems else twins.of(row.number, url_key, named)
    verdict = Verdict.WRONG if row.problems else Verdict.READY if twin == _NEW else Verdict.SAME
    kept = choice if verdict == Verdict.SAME and twin == before else Choice.MINE.value
    return (
        row.number, verdict.value, kept,
        None if verdict == Verdict.READY else list(row.cells), _write(fixed) if fixed else "{}",
        _write(row.problems) if row.problems else "[]", public_id, _write(row.facts), _write(row.events),
        one.name, one.company, one.key, one.posting, row.tells_stage, url_key, named, twin.application, twin.row,
    )  # fmt: skip


def _store(lines: Sequence[Sequence[object]]) -> None:
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for line in lines:
            copy.write_row(line)
