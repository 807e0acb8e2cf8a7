"""A student's own window and goal for one season."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import User
from applications.models import SeasonPlan
from companies.models import Season
from tracker.lib.errors import DomainError

MOST_DAYS = 366


def plan_season(
    *, student: User, season: Season, goal: int | None, opens_on: dt.date | None, closes_on: dt.date | None
) -> SeasonPlan:
    """Keep the goal and the days; days that are those of the season itself are not kept, so that they follow it."""
    opens, closes = opens_on or season.opens_on, closes_on or season.closes_on
    if opens >= closes:
        raise DomainError("The window closes before it opens.", field="closes_on")
    if (closes - opens).days > MOST_DAYS:
        raise DomainError("Use a window of at most a year.", field="closes_on")
    own = {
        "goal": goal,
        "opens_on": None if opens == season.opens_on else opens,
        "closes_on": None if closes == season.closes_on else closes,
    }
    try:
        with transaction.atomic():
            plan, _made = SeasonPlan.objects.update_or_create(student=student, season=season, defaults=own)
    except IntegrityError:
        raise DomainError("The window closes before it opens.", field="closes_on") from None
    return plan
