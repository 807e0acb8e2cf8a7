"""Writes what was planned, by statements for many rows: new applications with their history, and what the file changes.

Everything here runs in the transaction of one import (`running.py`).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max, Q, QuerySet

from accounts.models import User
from applications.actions.bulk import own
from applications.actions.stages import move_each
from applications.actions.undoing import hold
from applications.history import Step
from applications.models import Application, Event
from applications.queries.rows import rows_of
from applications.stage import UNSENT, Stage
from applications.taking_back import differences
from companies.actions import propose_companies
from imports.models import Change, Import, ImportRow
from imports.queries.known import season_now

Verdict, Choice = ImportRow.Verdict, ImportRow.Choice
_OF_ROW = (
    "role", "kind", "stage", "stage_since", "applied_on", "outcome", "url", "place", "closes_on", "next_step",
    "next_step_on", "way_in", "referrer", "on_hold", "hold_until", "referral_on", "source", "starts_from",
    "starts_until", "weeks", "hours", "notes", "tags", "posting_text", "closeness", "season_id",
)  # fmt: skip
"""Columns that a row may tell."""
_HISTORY = ("stage", "stage_since", "applied_on", "outcome")
_STARTS = ("starts_from", "starts_until")
_OWN = ("id", "public_id", "company_id", "posting_id", "request_key", "created_at", "updated_at")
"""Columns that each application has of its own; the rest is what a new one has."""
_COLUMNS = {str(field.column): field for field in Application._meta.concrete_fields if field.column not in _OWN}
_TYPES = ", ".join(f"{column} {_COLUMNS[column].db_type(connection)}" for column in _OF_ROW)
_VALUES = [f"coalesce(p.{one}, %(base_{one})s)" if one in _OF_ROW else f"%(base_{one})s" for one in _COLUMNS]
_ADDED = """
    r.file_id = %(file)s AND r.number > %(low)s AND r.number <= %(high)s
    AND (r.verdict = 'ready' OR (r.verdict = 'same' AND r.choice = 'both'))
"""
_INSERT = f"""
INSERT INTO applications_application
    (public_id, company_id, posting_id, request_key, created_at, updated_at, {", ".join(_COLUMNS)})
SELECT r.public_id, coalesce(r.company_id_found, m.id), r.posting_id_found, gen_random_uuid(), %(at)s, %(at)s,
    {", ".join(_VALUES)}
FROM imports_importrow r
LEFT JOIN unnest(%(keys)s::text[], %(ids)s::bigint[]) AS m(key, id)
    ON r.company_id_found IS NULL AND m.key = r.company_key
CROSS JOIN LATERAL jsonb_to_record(r.facts) AS p({_TYPES})
WHERE {_ADDED}
ORDER BY r.number
"""  # noqa: S608 - constants
# A statement of its own: it finds the applications by the index of their public ids, however wrong the statistics are.
_TELL = f"""
INSERT INTO applications_event
    (public_id, application_id, kind, "on", stage, came_from, outcome, text, is_shared, by_id, recorded_at)
SELECT e.public_id, a.id, e.kind, e."on", e.stage, e.came_from, e.outcome, '', FALSE, %(me)s, %(at)s
FROM imports_importrow r JOIN applications_application a ON a.public_id = r.public_id
CROSS JOIN LATERAL ROWS FROM (
    jsonb_to_recordset(r.events)
    AS (public_id text, kind text, "on" date, stage text, came_from text, outcome text)
) WITH ORDINALITY AS e(public_id, kind, "on", stage, came_from, outcome, place)
WHERE {_ADDED}
ORDER BY r.number, e.place
"""  # noqa: S608 - constants
_TOLD = [name for name in _OF_ROW if name not in {*_HISTORY, *_STARTS}]
"""What "use the file" may change, beside the start, whose two days must stay in order."""
_UPDATE = f"""
WITH r AS (
    SELECT DISTINCT ON (twin) twin, facts FROM imports_importrow
    WHERE file_id = %(file)s AND twin = ANY(%(ids)s) AND verdict = 'same' AND choice = 'file' ORDER BY twin, number
)
UPDATE applications_application a
SET {", ".join(f"{column} = p.{column}" for column in _TOLD)},
    starts_from = CASE WHEN p.starts_from <= p.starts_until OR r.facts ? 'starts_from' OR p.starts_until IS NULL
        THEN p.starts_from END,
    starts_until = CASE WHEN p.starts_from <= p.starts_until OR r.facts ? 'starts_until' OR p.starts_from IS NULL
        THEN p.starts_until END,
    version = a.version + 1, updated_at = %(at)s
FROM r JOIN applications_application b ON b.id = r.twin
CROSS JOIN LATERAL jsonb_populate_record(b, r.facts - '{{stage,stage_since,outcome,applied_on}}'::text[]) AS p
WHERE a.id = r.twin AND a.student_id = %(me)s
"""  # noqa: S608 - constants

type Progress = Callable[[int], None]


def base_of(student: User, on: dt.date) -> dict[str, object]:
    """Return what a new application of this student has where a row tells nothing, by column."""
    fresh = Application(student=student, season_id=season_now(student, on))
    return {column: getattr(fresh, field.attname) for column, field in _COLUMNS.items() if column not in _HISTORY}


def make_companies(file: Import, by: User, at: dt.datetime) -> tuple[list[str], list[int]]:
    """Make the companies that rows name and nobody has; return the keys of names, and the company of each."""
    rows = to_add(file).filter(company_id_found=None).order_by("-number")
    names = dict(rows.values_list("company_key", "company"))
    found, file.companies_made = propose_companies(names=names, by=by, at=at)
    return list(found), list(found.values())


def add_rows(file: Import, companies: tuple[list[str], list[int]], *, by: User, at: dt.datetime, tell: Progress) -> int:
    """Add what is planned; return how many."""
    facts: dict[str, Any] = {"file": file.pk, "me": by.pk, "at": at, "keys": companies[0], "ids": companies[1]}
    facts |= {f"base_{column}": file.base.get(column) for column in _COLUMNS}
    added = 0
    for low, high in _ranges(file):
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, facts | {"low": low, "high": high})
            added += cursor.rowcount
            cursor.execute(_TELL, facts | {"low": low, "high": high})
        tell(added)
    return added


def change_rows(file: Import, *, by: User, at: dt.datetime, on: dt.date) -> int:
    """Change the applications for which the file is to be used, and keep what they were before; return how many."""
    chosen = ImportRow.objects.filter(file=file, verdict=Verdict.SAME, choice=Choice.FILE, twin__isnull=False)
    ids = sorted({twin for twin in chosen.values_list("twin", flat=True) if twin})
    size = settings.WAYMARK_SHEET_CHANGES
    for start in range(0, len(ids), size):
        _change(file, ids[start : start + size], by=by, at=at, on=on)
    return len(ids)


def _change(file: Import, ids: list[int], *, by: User, at: dt.datetime, on: dt.date) -> None:
    hold(by, ids, desk=False)
    before = rows_of(by, ids, desk=False)
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, {"file": file.pk, "ids": ids, "me": by.pk, "at": at})
    kind, text = Event.Kind.EDIT, f"Edited from {file.file_name}"
    Event.objects.bulk_create(Event(application_id=pk, kind=kind, on=on, text=text, by=by) for pk in ids)
    _move(file, ids, by=by, at=at)
    changes = differences(before, rows_of(by, ids, desk=False))
    Change.objects.create(file=file, applications=ids, changes=changes)


def _move(file: Import, ids: list[int], *, by: User, at: dt.datetime) -> None:
    """Take them to where the file says they stand: first to Applied, if it knows the day."""
    rows = ImportRow.objects.filter(file=file, twin__in=ids, choice=Choice.FILE, tells_stage=True).order_by("-number")
    told = {twin: facts for twin, facts in rows.values_list("twin", "facts") if twin}
    sent = [
        (one, Step(dt.date.fromisoformat(told[one.pk]["applied_on"]), Stage.APPLIED))
        for one in own(keys=list(told), by=by)
        if one.stage in UNSENT and told[one.pk].get("applied_on")
    ]
    move_each(moves=sent, by=by, at=at)
    moves = [(one, _step(told[one.pk])) for one in own(keys=list(told), by=by)]
    move_each(moves=moves, by=by, at=at)


def _step(facts: dict[str, str]) -> Step:
    return Step(dt.date.fromisoformat(facts["stage_since"]), facts["stage"], facts["outcome"])


def to_add(file: Import) -> "QuerySet[ImportRow]":
    """Return the rows that become applications."""
    new = Q(verdict=Verdict.READY) | Q(verdict=Verdict.SAME, choice=Choice.BOTH)
    return ImportRow.objects.filter(new, file=file)


def _ranges(file: Import) -> Iterator[tuple[int, int]]:
    last = to_add(file).aggregate(last=Max("number"))["last"] or 0
    size = settings.WAYMARK_IMPORT_BATCH
    for low in range(0, last, size):
        yield low, low + size
