"""The week ahead of one student, from the same facts as Today, and as far as they want to hear of it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from applications.models import Application
from applications.queries.today_facts import Facts, facts_of
from applications.queries.today_rounds import LIMITS
from applications.queries.window import StudentWindow
from applications.season import weeks
from applications.season.pace import suggested, week_target
from applications.stage import Outcome
from applications.today_rules import Dated, of_week
from applications.today_rules import Rule as Line
from companies.models import Company, Cycle, Kind
from reminders import days, plan
from reminders.models import Delivery, Preference
from reminders.plan import Rule
from reminders.queries.facts.windows import hours

_KINDS = {
    Line.INTERVIEW: plan.Kind.INTERVIEWS,
    Line.ANSWER: plan.Kind.OFFERS,
    Line.CLOSES: plan.Kind.CLOSING,
    Line.FOLLOW_UP: plan.Kind.FOLLOW_UPS,
    Line.OUTREACH: plan.Kind.FOLLOW_UPS,
}
"""The kind that stops a line; a next step is the student's own and always stays."""

_STONES = {
    Rule.WINDOW_OPENS: "The application window opens",
    Rule.WINDOW_HALF: "Half of the window is over",
    Rule.WINDOW_CLOSING: "Two weeks are left in the window",
}


@dataclass(frozen=True, slots=True)
class Week:
    """What one plan says; `lines` is all of it, by day."""

    on: dt.date
    window: StudentWindow | None
    sent: int
    to_send: int
    lines: Sequence[Dated]
    is_season: bool

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - of this instant
        """Say whether there is anything to say; a week that has nothing is over, so that nobody plans it again."""
        if not self.is_season:
            return Delivery.State.CANCELLED
        return Delivery.State.PENDING if self.lines or self.to_send else Delivery.State.EXPIRED

    def count(self, *rules: Line) -> int:
        """Return how many lines are of these rules."""
        return sum(line.rule in rules for line in self.lines)


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Week]:
    """Return row -> the week: about six queries for each, however much there is in it."""
    mine = [row for row in rows if row.rule == Rule.WEEKLY_PLAN]
    if not mine:
        return {}
    wishes: dict[int, dict[str, str]] = {}
    chosen = Preference.objects.filter(person__in={row.person_id for row in mine})
    for person, kind, by_mail in chosen.values_list("person", "kind", "by_mail"):
        wishes.setdefault(person, {})[kind] = by_mail
    return {row.pk: _week(row.person, wishes.get(row.person_id, {}), at) for row in mine}


def _week(student: User, wishes: Mapping[str, str], at: dt.datetime) -> Week:
    on = at.astimezone(student.tz).date()
    facts = facts_of(student, at=at, on=on)
    weekly = {kind for kind, by_mail in wishes.items() if by_mail == Preference.ByMail.WEEKLY}
    dated = of_week(facts.known(), at=at, on=on, limits=LIMITS, chosen=facts.chosen)
    last = on + LIMITS.week - dt.timedelta(days=1)
    dated += [
        Dated(todo.rule, todo.day, todo.what)
        for todo in facts.others(last)
        if todo.rule is not Line.REPLY and todo.day <= last and facts.chosen.shows(todo, on)
    ]
    wanted = [line for line in dated if wishes.get(_KINDS.get(line.rule, "")) != Preference.ByMail.OFF]
    more = [*_stones(facts.window, on, weekly), *_programmes(student, on, weekly)]
    return Week(
        on=on,
        window=facts.window,
        sent=len(facts.sent),
        to_send=_to_send(student, facts, on),
        lines=sorted([*wanted, *more], key=lambda line: max(line.day, on)),
        is_season=bool(weekly) or on.month in settings.WAYMARK_PLAN_MONTHS,
    )


def _to_send(student: User, facts: Facts, on: dt.date) -> int:
    """Return how many are left of this week's target, or of what the goal asks for in it."""
    season, window = facts.season(), facts.window
    if season is None or window is None or not season.opens_on <= on <= season.closes_on:
        return 0
    target = week_target(season.weekly_target, season.carried, season.asked_about, on)
    if season.left is not None:
        target = min(target or suggested(season.left, weeks.monday(on), season.closes_on), season.left)
    left = max(0, target - season.sent_in(weeks.monday(on)))
    accepted = Application.objects.visible_to(student).filter(season=window.season_id, outcome=Outcome.ACCEPTED)
    return 0 if left and accepted.exists() else left


def _stones(window: StudentWindow | None, on: dt.date, weekly: set[str]) -> Iterator[Dated]:
    if window and plan.Kind.WINDOW in weekly:
        for stone in days.milestones(window.opens_on, window.closes_on, hours()):
            if on <= stone.on < on + LIMITS.week:
                opens = f"The application window opens on {window.opens_on:%-d %B}"
                yield Dated(Line.PLAN, stone.on, opens if stone.on < window.opens_on else _STONES[stone.rule])


def _programmes(student: User, on: dt.date, weekly: set[str]) -> Iterable[Dated]:
    """Return what followed programmes have this week: the day on which one opens, or on which a scheme closes."""
    if plan.Kind.PROGRAMMES not in weekly:
        return []
    seen = Company.objects.visible_to(student)
    alive = Cycle.objects.exclude(state=Cycle.State.CLOSED).filter(
        programme__followings__person=student, programme__company__in=seen
    )
    found = []
    for cycle in alive.select_related("programme__company", "season").order_by("pk"):
        name = f"{cycle.programme.name}, {cycle.programme.company.name}"
        sure = cycle.state == Cycle.State.CONFIRMED
        found.append((cycle.opens_on or cycle.season.opens_on, f"{name} {'opens' if sure else 'is expected to open'}"))
        if cycle.programme.kind == Kind.SCHEME and cycle.closes_on:
            found.append((cycle.closes_on, f"{name} {'closes' if sure else 'is expected to close'}"))
    return [Dated(Line.PLAN, day, what) for day, what in found if on <= day < on + LIMITS.week]
