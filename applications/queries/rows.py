"""All rows of a student's applications, desk, or thing of an app above, as the database has them, for undo."""

from collections.abc import Collection, Mapping

from django.db import models

from accounts.models import User
from applications.models import (
    Application,
    Approval,
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
from applications.others import sources
from applications.queries.sql import fetch
from applications.taking_back import Key

_KEYS = """
    SELECT 'mine', a.id FROM applications_application a WHERE a.student_id = %(me)s AND a.id = ANY(%(ids)s)
    UNION ALL SELECT 'rounds', r.id
      FROM applications_interviewround r JOIN applications_application a ON a.id = r.application_id
     WHERE r.application_id = ANY(%(ids)s) AND a.student_id = %(me)s
    UNION ALL SELECT 'placements', p.id
      FROM applications_placement p JOIN applications_application a ON a.id = p.application_id
     WHERE p.application_id = ANY(%(ids)s) AND a.student_id = %(me)s
"""
_DOCUMENTS = "SELECT d.id FROM applications_document d WHERE d.student_id = %(me)s"

_OF_APPLICATIONS = {
    Application: "t.id = ANY(%(mine)s)",
    **dict.fromkeys(
        (Requirement, Event, InterviewRound, TeamTalk, SentDocument, Offer, Placement, Approval),
        "t.application_id = ANY(%(mine)s)",
    ),
    **dict.fromkeys((PrepItem, Debrief, Question), "t.round_id = ANY(%(rounds)s)"),
    **dict.fromkeys((PlacementEntry, Made), "t.placement_id = ANY(%(placements)s)"),
}
_OF_DESK = {
    **dict.fromkeys((Desk, SavedView, TodayMark, SeasonPlan, PlanStep, Document), "t.student_id = %(me)s"),
    DocumentVersion: f"t.document_id IN ({_DOCUMENTS})",
}


def _all(conditions: Mapping[type[models.Model], str]) -> str:
    tables = {model._meta.db_table: condition for model, condition in conditions.items()}
    return " UNION ALL ".join(
        f"SELECT '{table}', t.id, to_jsonb(t)::text FROM {table} t WHERE {condition}"  # noqa: S608 - constants
        for table, condition in tables.items()
    )


_APPLICATIONS, _DESK = _all(_OF_APPLICATIONS), _all(_OF_DESK)
DESK = frozenset(model._meta.db_table for model in _OF_DESK)


def tables() -> dict[str, type[models.Model]]:
    """Return every table of which rows are kept, by its name."""
    kept: list[type[models.Model]] = [*_OF_APPLICATIONS, *_OF_DESK, *(model for one in sources() for model in one.kept)]
    return {model._meta.db_table: model for model in kept}


def rows_of(student: User, applications: Collection[int], *, desk: bool, thing: str = "") -> dict[Key, str]:
    """Return the rows of these applications of the student's, and those of the desk if asked for.

    thing: what of an app above is asked for too, as a line of Today names it.
    Each is JSON text in the database's own spelling, so that equal rows are equal texts.
    """
    above = [_all(one.kept) for one in sources()] if thing else []
    statement = " UNION ALL ".join([*[_APPLICATIONS][: bool(applications)], *[_DESK][:desk], *above])
    facts = {"me": student.pk, "ids": list(applications), "thing": thing}
    # Keys are read first and given as values: joins whose size the database misjudged took 13 s for 1,000 applications.
    keys: dict[str, list[int]] = {"mine": [], "rounds": [], "placements": []}
    for name, key in fetch(_KEYS, facts) if applications else []:
        keys[name].append(key)
    return {(table, pk): row for table, pk, row in fetch(statement, facts | keys)} if statement else {}
