"""Makes a row for each occurrence that the facts ask for, exactly once, and retires those that they ask for no more."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.models import User
from applications.models import InterviewRound, SeasonPlan
from companies.models import Season
from reminders import plan
from reminders.actions import statements
from reminders.models import Delivery, Heartbeat
from reminders.queries.facts import facts_of, hours

_LOCK = 0x5741594D  # "WAYM": one planner at a time; others wait, so that none misses what was just committed
_LONGEST_EVENING = dt.timedelta(hours=48)
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """How many rows one pass made, set right (moved or wanted again) and retired."""

    made: int
    righted: int
    retired: int


def make_plan(*, at: dt.datetime) -> Planned:
    """Bring the outbox in line with the facts for what is due from 72 hours ago to 24 hours ahead.

    Safe to run at any time, any number of times, on several machines at once. What nobody ran for hours is caught up,
    because nothing remembers where the last pass ended.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '30s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        arguments: dict[str, Any] = {
            **_window_arguments(at),
            **_round_arguments(at),
            "at": at,
            "most": settings.WAYMARK_RETIRE_MOST,
        }
        cursor.execute(statements.PLAN, arguments)
        made, righted, unwanted = cursor.fetchone()
        retired = _retire(unwanted, at=at)
        Heartbeat.objects.bulk_create(
            [Heartbeat(id=1, ticked_at=at)], update_conflicts=True, update_fields=["ticked_at"], unique_fields=["id"]
        )
    return Planned(made, righted, retired)


def _window_arguments(at: dt.datetime) -> dict[str, list[object]]:
    span = (at, settings.WAYMARK_LOOK_BACK, settings.WAYMARK_LOOK_AHEAD)
    windows = list(_windows(at))
    zones = list(_zones()) if any(_any_near(window, span) for window in windows) else []
    found = list(plan.moments(windows, zones, span, hours()))
    return {
        "rules": [moment.rule.value for moment in found],
        "seasons": [moment.season for moment in found],
        "opens": [moment.opens_on for moment in found],
        "closes": [moment.closes_on for moment in found],
        "zones": [moment.zone for moment in found],
        "revisions": [moment.revision for moment in found],
        "dues": [moment.due_at for moment in found],
        "useful": [moment.due_at + settings.WAYMARK_MILESTONE_USEFUL for moment in found],
    }


def _any_near(window: tuple[int, dt.date, dt.date], span: tuple[dt.datetime, dt.timedelta, dt.timedelta]) -> bool:
    return any(plan.near(stone.on, *span) for stone in plan.milestones(window[1], window[2], hours()))


def _windows(at: dt.datetime) -> Iterator[tuple[int, dt.date, dt.date]]:
    """Yield the different windows there are: the seasons' own, and those that students gave themselves."""
    running = Q(last__gte=(at - settings.WAYMARK_LOOK_BACK).date() - dt.timedelta(days=1))
    seasons = Season.objects.annotate(last=F("closes_on")).filter(running)
    yield from seasons.order_by("pk").values_list("pk", "opens_on", "closes_on")
    own = SeasonPlan.objects.exclude(opens_on=None, closes_on=None).annotate(
        first=Coalesce("opens_on", "season__opens_on"), last=Coalesce("closes_on", "season__closes_on")
    )
    yield from own.filter(running).order_by("season", "first", "last").distinct().values_list("season", "first", "last")


def _zones() -> Iterator[str]:
    students = User.objects.filter(is_active=True, is_student=True)
    yield from students.order_by("time_zone").values_list("time_zone", flat=True).distinct()


def _round_arguments(at: dt.datetime) -> dict[str, list[object]]:
    ahead = at + settings.WAYMARK_LOOK_AHEAD + _LONGEST_EVENING
    near = InterviewRound.objects.upcoming(at).filter(starts_at__lte=ahead).order_by("pk")
    found = list(near.values_list("pk", "starts_at", "application__student__time_zone"))
    due = [(key, plan.evening_before(starts_at, zone, hours())) for key, starts_at, zone in found if starts_at]
    soon = [(key, evening) for key, evening in due if evening <= at + settings.WAYMARK_LOOK_AHEAD]
    return {"rounds": [key for key, _ in soon], "evenings": [evening for _, evening in soon]}


def _retire(ids: Sequence[int], *, at: dt.datetime) -> int:
    """Give rows that the facts ask for no more the state that says why; nobody is sending them."""
    retired = 0
    for start in range(0, len(ids), _BLOCK):
        rows = Delivery.objects.unsent().filter(pk__in=ids[start : start + _BLOCK])
        locked = list(rows.select_related("person").select_for_update(of=("self",), skip_locked=True).order_by("pk"))
        states: dict[str, list[int]] = {}
        for facts in facts_of(locked, at=at):
            states.setdefault(facts.standing(at), []).append(facts.delivery.pk)
        states.pop(Delivery.State.EXPIRED, None)  # told in the app first
        # A window that moved beyond the look-ahead still stands; it will be planned again when it is near.
        moved = states.pop(Delivery.State.PENDING, [])
        states.setdefault(Delivery.State.SUPERSEDED, []).extend(moved)
        for state, keys in states.items():
            retired += Delivery.objects.filter(pk__in=keys).update(state=state)
    return retired
