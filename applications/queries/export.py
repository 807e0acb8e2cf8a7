"""Board and table as files: exactly what is asked for, in its order, with every column, put together by the database.

Notes, closing reasons and the text of postings are not in it: people hand such files to others.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.db import connection

from accounts.models import User
from applications.choices import Closeness, Source, WayIn
from applications.models import MINE
from applications.queries.asked import Asked, condition
from applications.queries.asked import facts as facts_of
from applications.queries.heading import USUAL_SORT
from applications.queries.table import ordered
from applications.sheets import csv_lines
from applications.stage import LOOKS, OUTCOME_LABELS
from applications.workbook import DAY_ZERO, workbook
from companies.models import Hours, Kind

_TEXT = '<c s="0" t="inlineStr"><is><t xml:space="preserve">'
_TEXT_END = "</t></is></c>"
_EMPTY = "'<c/>'"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, and its value in SQL for either file; empty cells are NULL in a CSV."""

    head: str
    csv: str
    xml: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows, in which order."""

    where: str
    order: str
    facts: Mapping[str, Any]


def _typed(head: str, value: str) -> Column:
    """Return a column that people type: guarded in a CSV as `sheets.guarded` does, text in a workbook."""
    # The same pattern as in `sheets`; a test holds the two equal.
    guarded = f"CASE WHEN {value} ~ '^''*[-=+@\\t\\r\\n]' THEN '''' || {value} ELSE nullif({value}, '') END"
    escaped = f"replace(replace(replace({value}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    xml = f"CASE WHEN coalesce({value}, '') = '' THEN {_EMPTY} ELSE '{_TEXT}' || {escaped} || '{_TEXT_END}' END"
    return Column(head, guarded, xml)


def _worded(head: str, value: str, labels: Mapping[str, str]) -> Column:
    """Return a column of labels, one for each value; none for a value without a label."""

    def cases(cell: Callable[[str], str]) -> str:
        return " ".join(f"WHEN '{one}' THEN {_literal(cell(label))}" for one, label in labels.items() if one)

    plain, xml = cases(str), cases(lambda label: f"{_TEXT}{escape(label)}{_TEXT_END}")
    return Column(head, f"CASE {value} {plain} END", f"CASE {value} {xml} ELSE {_EMPTY} END")


def _day(head: str, value: str) -> Column:
    """Return a column of days: as 2026-11-30, and as real days."""
    number = f"'<c s=\"1\"><v>' || ({value} - date '{DAY_ZERO.isoformat()}') || '</v></c>'"
    return Column(head, value, f"coalesce({number}, {_EMPTY})")


def _number(head: str, value: str) -> Column:
    return Column(head, value, f"coalesce('<c><v>' || {value} || '</v></c>', {_EMPTY})")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


_COLUMNS = (
    _typed("Company", "c.name"),
    _typed("Role", "a.role"),
    _worded("Kind", "a.kind", dict(Kind.choices)),
    _worded("Stage", "a.stage", {stage: look.label for stage, look in LOOKS.items()}),
    _worded("Outcome", "a.outcome", OUTCOME_LABELS),
    _day("In this stage since", "a.stage_since"),
    _typed("Next step", "a.next_step"),
    _day("Next step by", "a.next_step_on"),
    _day("Closes on", "a.closes_on"),
    _day("Applied on", "a.applied_on"),
    _day("Last activity", "(a.updated_at AT TIME ZONE %(zone)s)::date"),
    _worded("Way in", "a.way_in", dict(WayIn.choices)),
    _typed("Referred by", "a.referrer"),
    _worded("On hold", "a.on_hold::text", {"true": "Yes"}),
    _day("Wait until", "a.hold_until"),
    _worded("Team's work", "a.closeness", dict(Closeness.choices)),
    _typed("Place", "a.place"),
    _typed("Season", "s.name"),
    _typed("Tags", "array_to_string(a.tags, ', ')"),
    _worded("Source", "a.source", dict(Source.choices)),
    _day("Start from", "a.starts_from"),
    _day("Start until", "a.starts_until"),
    _number("Weeks", "a.weeks"),
    _worded("Hours", "a.hours", dict(Hours.choices)),
    _typed("Link", "a.url"),
)
HEAD = tuple(column.head for column in _COLUMNS)
_FROM = """
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN companies_season s ON s.id = a.season_id
"""
_CSV = f"SELECT {', '.join(column.csv for column in _COLUMNS)} {_FROM}"
_XML = f"SELECT '<row>' || {' || '.join(column.xml for column in _COLUMNS)} || '</row>' {_FROM}"


def all_of(student: User, asked: Asked, *, on: dt.date) -> Chosen:
    """Choose everything that is asked for."""
    facts = {**facts_of(student, asked, on), "zone": student.time_zone}
    return Chosen(f"{MINE} AND {condition(asked)}", ordered(asked.sort or USUAL_SORT["table"]), facts)


def these(student: User, keys: list[int], asked: Asked) -> Chosen:
    """Choose these, in the order that is asked for."""
    facts = {"me": student.pk, "keys": keys, "zone": student.time_zone}
    return Chosen(f"{MINE} AND a.id = ANY(%(keys)s)", ordered(asked.sort or USUAL_SORT["table"]), facts)


def csv_of(chosen: Chosen) -> Iterator[bytes]:
    """Yield the file in pieces, as the database writes it."""
    yield "".join(csv_lines(HEAD, [])).encode()
    statement = f"COPY ({_CSV} WHERE {chosen.where} {chosen.order}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(statement, chosen.facts) as rows:
        for piece in rows:
            yield bytes(piece)


def xlsx_of(chosen: Chosen) -> Iterator[bytes]:
    """Yield the workbook in pieces."""
    return workbook("Applications", HEAD, _xml_rows(chosen))


def _xml_rows(chosen: Chosen) -> Iterator[str]:
    statement = f"COPY ({_XML} WHERE {chosen.where} {chosen.order}) TO STDOUT (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(statement, chosen.facts) as rows:
        rows.set_types(["text"])
        for (row,) in rows.rows():
            yield row
