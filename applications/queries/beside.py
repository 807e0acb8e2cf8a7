"""What stands beside the rounds and the timeline of one application: many small lists, read in one statement.

Each list is a JSON array of arrays, so that six lists cost one round trip; the queries of their own pages tell them.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from applications.models import Application, InterviewRound, PrepItem, TeamTalk
from applications.queries.sql import fetch

_OWN = "WHERE t.application_id = %(id)s"
# Columns, source and order of each list. The application was found by `visible_to`; the documents are its student's.
_LISTS = (
    ("t.stage, t.on", f"FROM applications_event t {_OWN} AND t.stage <> ''", "t.on, t.id"),
    ("t.public_id, t.text, t.meets", f"FROM applications_requirement t {_OWN}", "t.position, t.id"),
    (
        "t.public_id, t.text, t.minutes, t.url, t.on, t.done_at",
        "FROM applications_prepitem t WHERE t.round_id = %(next)s",
        "t.position, t.id",
    ),
    (
        "t.id, t.public_id, t.name, t.people, t.project, t.link, t.talked_on, t.state, t.interest",
        f"FROM applications_teamtalk t {_OWN}",
        "t.id",
    ),
    (
        "t.public_id, t.number, t.uploaded_at, d.public_id, d.name, d.kind, s.public_id, s.on",
        """FROM applications_document d JOIN applications_documentversion t ON t.document_id = d.id
        LEFT JOIN applications_sentdocument s ON s.version_id = t.id AND s.application_id = %(id)s
        WHERE d.student_id = %(me)s""",
        "d.name, d.id, t.number DESC",
    ),
)
MORE: dict[str, tuple[str, str, str]] = {}
"""Lists of apps above this one, by name, added when they are ready: the page reads them in the same statement."""
_TALK = ("pk", "public_id", "name", "people", "project", "link", "talked_on", "state", "interest")
_PREP = ("public_id", "text", "minutes", "url", "on", "done_at")


@dataclass(frozen=True, slots=True)
class Beside:
    """The lists of one application."""

    steps: list[tuple[str, dt.date]]
    requirements: list[tuple[str, str, str]]
    prep: list[PrepItem]
    talks: list[TeamTalk]
    versions: list[tuple[Any, ...]]
    more: dict[str, list[list[Any]]]


def beside(application: Application, upcoming: InterviewRound | None) -> Beside:
    """Read all of it, with the preparation of the next round."""
    known: dict[str, int | None] = {"id": application.pk, "me": application.student_id}
    known |= {"company": application.company_id, "next": upcoming.pk if upcoming else None}
    ((steps, requirements, prep, talks, versions, *more),) = fetch(_statement(), known)
    return Beside(
        steps=[(stage, dt.date.fromisoformat(on)) for stage, on in steps],
        requirements=[(public_id, text, meets) for public_id, text, meets in requirements],
        prep=[PrepItem(**_row(_PREP, row, on=4, done_at=5)) for row in prep],
        talks=[TeamTalk(**_row(_TALK, row, talked_on=6)) for row in talks],
        versions=[(*row[:-1], _day(row[-1])) for row in versions],
        more=dict(zip(MORE, more, strict=True)),
    )


@cache
def _statement() -> str:
    """Return the statement; the lists of other apps are known when the first page is asked for."""
    return "SELECT " + ", ".join(
        f"(SELECT coalesce(json_agg(json_build_array({columns}) ORDER BY {order}), '[]') {source})"
        for columns, source, order in (*_LISTS, *MORE.values())
    )


def _row(names: tuple[str, ...], values: list[Any], **moments: int) -> dict[str, Any]:
    """Name the values of one row, and read its days and moments."""
    read = dt.datetime.fromisoformat
    for name, place in moments.items():
        if values[place]:
            values[place] = read(values[place]) if name.endswith("_at") else _day(values[place])
    return dict(zip(names, values, strict=True))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
