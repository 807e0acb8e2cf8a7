"""Writes what stands beside invented applications: requirements, preparation, offers, documents, plans, views."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from applications.models import (
    Document,
    DocumentVersion,
    Offer,
    PlanStep,
    PrepItem,
    Requirement,
    SavedView,
    SeasonPlan,
    SentDocument,
    TeamTalk,
)
from applications.stage import Stage
from companies.models import Season
from tracker.seed_data import written
from tracker.seed_data.copying import Value, copy_rows, reserve_ids
from tracker.seed_data.invented import Course, person, public_id

type Rows = Iterator[Sequence[Value]]

_ASKED = 4
_GOAL, _WEEKLY, _WEEKS = 60, 4, 16
_MEETS = ("yes", "yes", "partly", "no", "")


@dataclass(frozen=True, slots=True)
class Row:
    """An application as it is planted."""

    pk: int
    student_id: int
    company_id: int
    course: Course


def plant_beside(dice: Random, rows: Sequence[Row], ahead: Sequence[tuple[int, dt.date]], at: dt.datetime) -> None:
    """Write it for these applications; `ahead` are the rounds to come, with their days."""
    copy_rows(Requirement, ("public_id", "application_id", "text", "meets", "position"), _requirements(dice, rows))
    copy_rows(
        PrepItem, ("public_id", "round_id", "text", "minutes", "on", "done_at", "position"), _prep(dice, ahead, at)
    )
    copy_rows(Offer, ("application_id", "answer_by", "project", "mentor", "updated_at"), _offers(dice, rows, at))
    columns = (
        "public_id",
        "application_id",
        "name",
        "people",
        "project",
        "talked_on",
        "state",
        "created_at",
        "updated_at",
    )
    copy_rows(TeamTalk, columns, _talks(dice, rows, at))
    newest = _documents(dice, list(dict.fromkeys(row.student_id for row in rows)), at)
    copy_rows(SentDocument, ("public_id", "application_id", "version_id", "on"), _sent(dice, rows, newest))


def plant_plans(dice: Random, people: Sequence[int], at: dt.datetime) -> None:
    """Give each student a view of their own, and a plan for the season whose window closes next, if there is one."""
    copy_rows(
        SavedView,
        ("public_id", "student_id", "name", "query", "created_at"),
        ((public_id(dice), key, "First choice", "tag=first+choice", at) for key in people),
    )
    season = Season.objects.filter(closes_on__gte=at.date()).order_by("closes_on", "pk").first()
    if season is None:
        return
    copy_rows(
        SeasonPlan,
        ("student_id", "season_id", "goal", "weekly_target", "starts_on", "weeks", "planned_on", "updated_at"),
        ((key, season.pk, _GOAL, _WEEKLY, season.starts_on, _WEEKS, season.opens_on, at) for key in people),
    )
    columns = ("public_id", "student_id", "season_id", "key", "title", "begins_on", "is_removed", "done_on")
    copy_rows(PlanStep, columns, _steps(dice, people, season))


def _steps(dice: Random, people: Sequence[int], season: Season) -> Rows:
    """One that is done, one that was taken out, and one of their own."""
    for key in people:
        yield public_id(dice), key, season.pk, "summary", "", None, False, season.opens_on
        yield public_id(dice), key, season.pk, "visa", "", None, True, None
        yield public_id(dice), key, season.pk, "", "Conference week", season.closes_on, False, None


def _requirements(dice: Random, rows: Sequence[Row]) -> Rows:
    """Students paste them once they prepare or talk; of the others nobody asks any more."""
    for row in rows:
        if row.course.moves[-1][1] in {Stage.PREPARING, Stage.INTERVIEWING, Stage.OFFER}:
            for position, text in enumerate(dice.sample(written.ASKED, _ASKED)):
                yield public_id(dice), row.pk, text, dice.choice(_MEETS), position


def _prep(dice: Random, ahead: Sequence[tuple[int, dt.date]], at: dt.datetime) -> Rows:
    for key, on in ahead:
        for position, (text, minutes) in enumerate(written.TO_PREPARE):
            done_at = at if dice.choice((True, False)) else None
            yield public_id(dice), key, text, minutes, max(at.date(), on - dt.timedelta(days=1)), done_at, position


def _offers(dice: Random, rows: Sequence[Row], at: dt.datetime) -> Rows:
    for row in rows:
        if row.course.moves[-1][1] is Stage.OFFER:
            yield row.pk, at.date() + dt.timedelta(days=dice.randint(3, 40)), written.PROJECT, person(dice), at


def _talks(dice: Random, rows: Sequence[Row], at: dt.datetime) -> Rows:
    """Team matching is what some interviews come to."""
    for row in rows:
        since, stage = row.course.moves[-1]
        if stage is Stage.INTERVIEWING and dice.choice((True, False)):
            for name in written.TEAMS[: dice.randint(1, len(written.TEAMS))]:
                yield public_id(dice), row.pk, name, person(dice), written.PROJECT, since, "talking", at, at


_FILE = (
    "id", "document_id", "public_id", "number", "stored_as", "file_name", "media_type", "size", "sha256", "uploaded_at",
)  # fmt: skip


def _documents(dice: Random, people: Sequence[int], at: dt.datetime) -> dict[int, int]:
    """Write the documents of each student; return the newest version of their CV. The files themselves are absent."""
    wanted = [(owner, *document) for owner in people for document in written.DOCUMENTS]
    keys = reserve_ids(Document, len(wanted))
    columns = ("id", "public_id", "student_id", "kind", "name", "created_at")
    rows = ((key, public_id(dice), *facts[:3], at) for key, facts in zip(keys, wanted, strict=True))
    copy_rows(Document, columns, rows)
    known = zip(keys, wanted, strict=True)
    numbered = [(key, owner, kind, n) for key, (owner, kind, _, count) in known for n in range(1, count + 1)]
    versions = list(zip(reserve_ids(DocumentVersion, len(numbered)), numbered, strict=True))
    copy_rows(DocumentVersion, _FILE, ((key, facts[0], *_file(dice, facts[3], at)) for key, facts in versions))
    return {owner: key for key, (_, owner, kind, _) in versions if kind == "cv"}


def _file(dice: Random, number: int, at: dt.datetime) -> Sequence[Value]:
    one, digest = public_id(dice), f"{dice.getrandbits(256):064x}"
    return one, number, f"seed/{one}", f"v{number}.pdf", "application/pdf", 120_000, digest, at


def _sent(dice: Random, rows: Sequence[Row], newest: dict[int, int]) -> Rows:
    for row in rows:
        if row.course.applied_on:
            yield public_id(dice), row.pk, newest[row.student_id], row.course.applied_on
