"""All rows that belong to a student's applications or desk, as the database holds them: what undo compares."""

from collections.abc import Collection

from django.db import models

from accounts.models import User
from applications.models import (
    Application,
    Debrief,
    Desk,
    Document,
    DocumentVersion,
    Event,
    InterviewRound,
    Made,
    Offer,
    Placement,
    PlacementEntry,
    PlanStep,
    PrepItem,
    Question,
    Requirement,
    SavedView,
    SeasonPlan,
    SentDocument,
    TeamTalk,
    TodayMark,
)
from applications.queries.sql import fetch
from applications.taking_back import Key

_MINE = "SELECT a.id FROM applications_application a WHERE a.student_id = %(me)s AND a.id = ANY(%(ids)s)"
_ROUNDS = f"SELECT r.id FROM applications_interviewround r WHERE r.application_id IN ({_MINE})"  # noqa: S608 - constants
_PLACEMENTS = f"SELECT p.id FROM applications_placement p WHERE p.application_id IN ({_MINE})"  # noqa: S608
_DOCUMENTS = "SELECT d.id FROM applications_document d WHERE d.student_id = %(me)s"

_OF_APPLICATIONS = {
    Application: f"t.id IN ({_MINE})",
    **dict.fromkeys(
        (Requirement, Event, InterviewRound, TeamTalk, SentDocument, Offer, Placement), f"t.application_id IN ({_MINE})"
    ),
    **dict.fromkeys((PrepItem, Debrief, Question), f"t.round_id IN ({_ROUNDS})"),
    **dict.fromkeys((PlacementEntry, Made), f"t.placement_id IN ({_PLACEMENTS})"),
}
_OF_DESK = {
    **dict.fromkeys((Desk, SavedView, TodayMark, SeasonPlan, PlanStep, Document), "t.student_id = %(me)s"),
    DocumentVersion: f"t.document_id IN ({_DOCUMENTS})",
}


def _all(conditions: dict[type[models.Model], str]) -> str:
    tables = {model._meta.db_table: condition for model, condition in conditions.items()}
    return " UNION ALL ".join(
        f"SELECT '{table}', t.id, to_jsonb(t)::text FROM {table} t WHERE {condition}"  # noqa: S608 - constants
        for table, condition in tables.items()
    )


_APPLICATIONS, _DESK = _all(_OF_APPLICATIONS), _all(_OF_DESK)
TABLES: dict[str, type[models.Model]] = {model._meta.db_table: model for model in (*_OF_APPLICATIONS, *_OF_DESK)}
DESK = frozenset(model._meta.db_table for model in _OF_DESK)


def rows_of(student: User, applications: Collection[int], *, desk: bool) -> dict[Key, str]:
    """Return the rows of these applications of the student's, and those of the desk if asked for.

    Each is JSON text in the database's own spelling, so that equal rows are equal texts.
    """
    statement = " UNION ALL ".join([*[_APPLICATIONS][: bool(applications)], *[_DESK][:desk]])
    facts = {"me": student.pk, "ids": list(applications)}
    return {(table, pk): row for table, pk, row in fetch(statement, facts)} if statement else {}
