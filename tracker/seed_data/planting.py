"""Writes invented students and their applications into the database, a COPY per table."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Model
from django.utils.text import slugify

from accounts.models import User
from applications.models import Application, Event, InterviewRound
from applications.stage import Stage
from companies.models import Company
from companies.naming import match_key
from tracker.lib.clock import instant
from tracker.lib.errors import DomainError
from tracker.seed_data import written
from tracker.seed_data.beside import Row, plant_beside, plant_plans
from tracker.seed_data.copying import Value, copy_rows, reserve_ids
from tracker.seed_data.invented import company_names, course, person, public_id

ADDRESS = "student-{seed}-{number}@seed.example"
_ROUNDS = ("recruiter", "research", "coding", "fundamentals", "talk", "team_match")


@dataclass(frozen=True, slots=True)
class Planted:
    """How many rows a seed has made."""

    students: int
    companies: int
    applications: int
    events: int
    rounds: int


@transaction.atomic
def plant(*, students: int, applications: int, seed: int, at: dt.datetime) -> Planted:
    """Make this many students with this many applications in all, dealt out evenly.

    The same seed on the same day makes the same rows. Students cannot sign in: their passwords are unusable.
    Refuses a seed whose students are here already.
    """
    if User.objects.filter(email=ADDRESS.format(seed=seed, number=1)).exists():
        raise DomainError(f"The students of seed {seed} are here already. Choose another --seed.")
    dice = Random(seed)  # noqa: S311 - invented data, nothing secret
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
    people = _students(dice, students, seed, at)
    firms, new_firms = _companies(at)
    rows = _rows(dice, reserve_ids(Application, applications), people, firms, on=at.date())
    copy_rows(Application, _APPLICATION, (_application(dice, row, at) for row in rows))
    events = copy_rows(Event, _EVENT, itertools.chain.from_iterable(_events(dice, row, at) for row in rows))
    rounds = list(itertools.chain.from_iterable(_rounds(dice, row, at) for row in rows))
    keys = reserve_ids(InterviewRound, len(rounds))
    copy_rows(InterviewRound, ("id", *_ROUND), ((key, *values) for key, values in zip(keys, rounds, strict=True)))
    plant_beside(dice, rows, list(_ahead(keys, rounds)), at)
    plant_plans(dice, people, at)
    return Planted(len(people), new_firms, len(rows), events, len(rounds))


def measure() -> None:
    """Let PostgreSQL count what has changed, so that its plans fit the new size."""
    with connection.cursor() as cursor:
        written_to: list[type[Model]] = [User, Company, *apps.get_app_config("applications").get_models()]
        for model in written_to:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _students(dice: Random, number: int, seed: int, at: dt.datetime) -> list[int]:
    keys = reserve_ids(User, number)
    locked = make_password(None)
    columns = ("id", "public_id", "email", "name", "password", "phd_started_on", "created_at")

    def rows() -> Iterator[Sequence[Value]]:
        for count, key in enumerate(keys, start=1):
            started = dt.date(at.year - dice.randint(1, 3), 10, 1)
            yield key, public_id(dice), ADDRESS.format(seed=seed, number=count), person(dice), locked, started, at

    copy_rows(User, columns, rows())
    return keys


def _companies(at: dt.datetime) -> tuple[list[int], int]:
    """Return the keys of all invented companies, and how many of them had to be made."""
    dice = Random(0)  # noqa: S311 - its own, so that the rest is the same whether companies are here or not
    keys = {match_key(name): name for name in company_names()}
    there = dict(Company.objects.approved().filter(match_key__in=keys).values_list("match_key", "pk"))
    columns = ("id", "public_id", "name", "search_text", "slug", "match_key", "approved_at", "created_at", "updated_at")
    missing = [key for key in keys if key not in there]
    new = dict(zip(missing, reserve_ids(Company, len(missing)), strict=True))
    rows = ((new[key], public_id(dice), keys[key], keys[key], slugify(keys[key]), key, at, at, at) for key in missing)
    copy_rows(Company, columns, rows)
    return [{**there, **new}[key] for key in keys], len(missing)


def _rows(dice: Random, keys: list[int], people: list[int], firms: list[int], *, on: dt.date) -> list[Row]:
    return [
        Row(key, people[count % len(people)], dice.choice(firms), course(dice, on)) for count, key in enumerate(keys)
    ]


_APPLICATION = (
    "id", "public_id", "request_key", "student_id", "company_id", "role", "place", "closes_on",
    "stage", "stage_since", "applied_on", "outcome", "created_at", "updated_at",
    "next_step", "next_step_on", "way_in", "referrer", "tags", "closeness", "could_become", "notes", "url",
)  # fmt: skip
_WAYS_IN = ("none", "none", "asked", "referred")
_CLOSENESS = ("", "close", "partly")


def _application(dice: Random, row: Row, at: dt.datetime) -> Sequence[Value]:
    since, stage = row.course.moves[-1]
    way_in, closeness = dice.choice(_WAYS_IN), dice.choice(_CLOSENESS)
    step = dice.choice(written.NEXT_STEPS) if stage is not Stage.CLOSED and dice.choice((True, False)) else ""
    return (
        row.pk, public_id(dice), uuid.UUID(int=dice.getrandbits(128), version=4), row.student_id, row.company_id,
        row.course.role, row.course.place, row.course.closes_on,
        stage.value, since, row.course.applied_on, str(row.course.outcome), at, at,
        step, at.date() + dt.timedelta(days=dice.randint(0, 30)) if step else None,
        way_in, person(dice) if way_in != "none" else "", dice.sample(written.TAGS, dice.randint(0, 2)),
        closeness, ["paper", "thesis"] if closeness else [], written.FOR_ONESELF if closeness else "",
        f"https://jobs.seed.example/{dice.randrange(10**6)}",
    )  # fmt: skip


_EVENT = ("public_id", "application_id", "kind", "on", "stage", "came_from", "outcome", "text", "by_id", "recorded_at")


def _events(dice: Random, row: Row, at: dt.datetime) -> Iterator[Sequence[Value]]:
    came_from = ""
    for day, stage in row.course.moves:
        kind = "stage" if came_from else "added"
        outcome = str(row.course.outcome) if (day, stage) == row.course.moves[-1] else ""
        yield public_id(dice), row.pk, kind, day, stage.value, came_from, outcome, "", row.student_id, at
        came_from = stage.value
        if dice.choice((True, False)):
            text = dice.choice(written.NOTES)
            yield public_id(dice), row.pk, "note", day, "", "", "", text, row.student_id, at


_ROUND = (
    "public_id", "application_id", "kind", "status", "on", "time", "minutes", "starts_at", "created_at", "updated_at",
    "people", "place",
)  # fmt: skip
_ON, _STATUS = _ROUND.index("on"), _ROUND.index("status")
_AFTERNOON = dt.time(14)
_ZONE = "Europe/London"


def _rounds(dice: Random, row: Row, at: dt.datetime) -> Iterator[Sequence[Value]]:
    """Past rounds went through; while the interviews go on, the last one is still to come, perhaps without a day."""
    began = next((day for day, stage in row.course.moves if stage is Stage.INTERVIEWING), None)
    if began is None:
        return
    for kind in _ROUNDS[: dice.randint(1, 4)]:
        start = instant(began, _AFTERNOON, _ZONE)
        yield public_id(dice), row.pk, kind, "passed", began, _AFTERNOON, 45, start, at, at, person(dice), ""
    if row.course.moves[-1][1] is Stage.INTERVIEWING:
        on = at.date() + dt.timedelta(days=dice.randint(1, 20)) if dice.choice((True, False)) else None
        when = (on, _AFTERNOON, 60, instant(on, _AFTERNOON, _ZONE)) if on else (None, None, None, None)
        place = f"https://meet.seed.example/{dice.randrange(10**6)}" if on else ""
        yield public_id(dice), row.pk, "research", "scheduled", *when, at, at, person(dice), place


def _ahead(keys: Sequence[int], rounds: Sequence[Sequence[Value]]) -> Iterator[tuple[int, dt.date]]:
    """Yield key and day of the rounds to come that have a day."""
    for key, values in zip(keys, rounds, strict=True):
        if values[_STATUS] == "scheduled" and isinstance(on := values[_ON], dt.date):
            yield key, on
