"""A student's own window, goal, weekly target and wished start for one season, and the steps towards it."""

import datetime as dt
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from accounts.models import User
from applications.models import Application, SeasonPlan
from applications.season import weeks as calendar
from applications.season.pace import shortfall
from companies.models import Season
from tracker.lib.errors import DomainError, StaleError

MOST_DAYS = 366

_WEEK = dt.timedelta(weeks=1)


class PlanFacts(TypedDict, total=False):
    """What can be planned: a fact that is not given stays as it is, None takes it away."""

    goal: int | None
    weekly_target: int | None
    opens_on: dt.date | None
    closes_on: dt.date | None
    starts_on: dt.date | None
    weeks: int | None


def plan_season(
    *,
    student: User,
    season: Season,
    on: dt.date | None = None,
    seen: PlanFacts | None = None,
    **facts: Unpack[PlanFacts],
) -> SeasonPlan:
    """Keep the facts; days that are those of the season itself are not kept, so that they follow it.

    `on` is the student's day: a new target counts from its week, and a start that is near is planned from that day.
    StaleError when a fact that was `seen` is neither that any more nor what it is to become.
    """
    try:
        with transaction.atomic():
            plan = _locked_plan(student, season)
            if seen is not None:
                _same_as_seen(_facts_of(plan, season), facts, seen)
            _take(plan, season, facts, on)
            plan.save()
    except IntegrityError:
        raise DomainError("The window closes before it opens.", field="closes_on") from None
    return plan


def stay_with(*, student: User, season: Season) -> None:
    """Let this season go on being the present one while another is planned: a planned one comes first."""
    _locked_plan(student, season)


def answer_shortfall(*, student: User, season: Season, carry: bool, on: dt.date) -> int:
    """Carry over what was left from last week, or leave it; return how many were carried. A second answer is none."""
    with transaction.atomic():
        plan = _locked_plan(student, season)
        last = calendar.monday(on) - _WEEK
        if plan.asked_about == last:
            return plan.carried
        plan.carried = _left(plan, season, on) if carry else 0
        plan.asked_about = last
        plan.save()
    return plan.carried


def _locked_plan(student: User, season: Season) -> SeasonPlan:
    SeasonPlan.objects.get_or_create(student=student, season=season)
    return SeasonPlan.objects.visible_to(student).select_for_update().get(season=season)


def _facts_of(plan: SeasonPlan, season: Season) -> PlanFacts:
    return {
        "goal": plan.goal,
        "weekly_target": plan.weekly_target,
        "opens_on": plan.opens_on or season.opens_on,
        "closes_on": plan.closes_on or season.closes_on,
        "starts_on": plan.starts_on,
        "weeks": plan.weeks,
    }


def _same_as_seen(now: PlanFacts, facts: PlanFacts, seen: PlanFacts) -> None:
    if any(name in seen and now.get(name) not in {seen.get(name), value} for name, value in facts.items()):
        raise StaleError("Your plan changed in another tab.")


def _take(plan: SeasonPlan, season: Season, facts: PlanFacts, on: dt.date | None) -> None:
    starts_on = facts.get("starts_on", plan.starts_on)
    if on and starts_on != plan.starts_on:
        plan.planned_on = on if starts_on else None
    if on and facts.get("weekly_target", plan.weekly_target) != plan.weekly_target:
        _count_from_this_week(plan, on)
    for name, value in facts.items():
        setattr(plan, name, value)
    opens, closes = plan.opens_on or season.opens_on, plan.closes_on or season.closes_on
    if opens >= closes:
        raise DomainError("The window closes before it opens.", field="closes_on")
    if (closes - opens).days > MOST_DAYS:
        raise DomainError("Use a window of at most a year.", field="closes_on")
    plan.opens_on = None if opens == season.opens_on else opens
    plan.closes_on = None if closes == season.closes_on else closes


def _count_from_this_week(plan: SeasonPlan, on: dt.date) -> None:
    """Leave nothing to ask about a week that is over: a target that is set later does not measure it."""
    last = calendar.monday(on) - _WEEK
    if plan.asked_about != last:
        plan.asked_about, plan.carried = last, 0


def _left(plan: SeasonPlan, season: Season, on: dt.date) -> int:
    opens, closes = plan.opens_on or season.opens_on, plan.closes_on or season.closes_on
    last = calendar.monday(on) - _WEEK
    sent = Application.objects.visible_to(plan.student).filter(applied_on__range=(opens, closes))
    days = [day for day in sent.values_list("applied_on", flat=True) if day]
    return shortfall(
        plan.weekly_target,
        sum(last <= day < last + _WEEK for day in days),
        left=plan.goal - len(days) if plan.goal else None,
        asked_about=plan.asked_about,
        carried=plan.carried,
        opens_on=opens,
        closes_on=closes,
        on=on,
    )
