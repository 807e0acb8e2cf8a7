"""Windows of students, as far as the reminders in hand are about them."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count

from applications.models import Application, SeasonPlan
from applications.stage import UNSENT, Outcome
from companies.models import Season
from reminders import days
from reminders.models import Delivery
from reminders.plan import Rule

MILESTONES = frozenset({Rule.WINDOW_OPENS, Rule.WINDOW_HALF, Rule.WINDOW_CLOSING})


@dataclass(frozen=True, slots=True)
class Window:
    """One student's window, their own days before the season's, and how far they are in it."""

    season: Season
    opens_on: dt.date
    closes_on: dt.date
    goal: int | None
    sent: int
    to_send: int
    is_theirs: bool
    accepted: bool

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - a milestone is a day, not an instant
        """Say whether the day of the milestone is what it was."""
        if self.accepted or not self.is_theirs:
            return Delivery.State.CANCELLED
        stones = days.milestones(self.opens_on, self.closes_on, hours())
        same = any(stone.rule == row.rule and stone.on.isoformat() == row.revision for stone in stones)
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED


def hours() -> days.Hours:
    """Return the hours at which letters leave, from the settings."""
    return days.Hours(
        settings.WAYMARK_MORNING,
        settings.WAYMARK_EVENING,
        settings.WAYMARK_CLOSING_DAYS,
        settings.WAYMARK_OPENING_DAYS,
    )


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Window]:
    """Return row -> its window: three queries, none without such rows."""
    return windows_of([row for row in rows if row.rule in MILESTONES], at)


def windows_of(about: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Window]:
    """Return row -> the window of its season and person."""
    if not about:
        return {}
    people = {row.person_id for row in about}
    seasons = Season.objects.in_bulk({row.season_id for row in about if row.season_id})
    plans: dict[int, list[SeasonPlan]] = {}
    for one in SeasonPlan.objects.filter(student__in=people).select_related("season"):
        plans.setdefault(one.student_id, []).append(one)
    searches = _searches(people)
    found = {}
    for row in about:
        today = at.astimezone(row.person.tz).date()
        search = searches.get(row.person_id, Search())
        found[row.pk] = _window(seasons[row.season_id or 0], plans.get(row.person_id, []), today, search)
    return found


@dataclass(slots=True)
class Search:
    """What one student sent on which day, has still to send, and accepted for which season."""

    sent: Counter[dt.date] = field(default_factory=Counter)
    to_send: int = 0
    accepted: set[int | None] = field(default_factory=set)


def _searches(people: set[int]) -> dict[int, Search]:
    found: dict[int, Search] = {}
    theirs = Application.objects.filter(student__in=people)
    rows = theirs.values_list("student", "season", "applied_on", "stage", "outcome").annotate(Count("pk"))
    for student, season, applied_on, stage, outcome, count in rows:
        search = found.setdefault(student, Search())
        if applied_on:
            search.sent[applied_on] += count
        search.to_send += count if stage in UNSENT else 0
        if outcome == Outcome.ACCEPTED:
            search.accepted.add(season)
    return found


def _window(season: Season, plans: Sequence[SeasonPlan], today: dt.date, search: Search) -> Window:
    own = next((one for one in plans if one.season_id == season.pk), None)
    ahead = [one for one in plans if (one.closes_on or one.season.closes_on) >= today]
    opens_on = (own and own.opens_on) or season.opens_on
    closes_on = (own and own.closes_on) or season.closes_on
    return Window(
        season=season,
        opens_on=opens_on,
        closes_on=closes_on,
        goal=own.goal if own else None,
        sent=sum(count for day, count in search.sent.items() if opens_on <= day <= closes_on),
        to_send=search.to_send,
        is_theirs=own is not None or not ahead,
        accepted=season.pk in search.accepted,
    )
