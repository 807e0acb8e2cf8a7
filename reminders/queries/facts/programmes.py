"""Cycles of programmes: when one that is followed opens, and when a scheme closes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Q

from applications.models import Application
from applications.stage import UNSENT, Outcome
from companies.models import Cycle, CycleMove, Following, Kind
from reminders import days
from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries.facts.windows import hours


@dataclass(frozen=True, slots=True)
class Offered:
    """One cycle, and what one student has to do with it."""

    cycle: Cycle
    is_seen: bool
    is_followed: bool
    is_tracked: bool
    is_settled: bool
    move: CycleMove | None = None

    @property
    def opens_on(self) -> dt.date:
        """The day of its own, else the season's."""
        day: dt.date = self.cycle.opens_on or self.cycle.season.opens_on
        return day

    @property
    def is_sure(self) -> bool:
        """Whether the days are announced rather than expected."""
        return self.cycle.state == Cycle.State.CONFIRMED

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - days, not an instant
        """Say whether the student still waits for it, and for the same day."""
        cares = self.is_followed or (row.rule == Rule.SCHEME_CLOSES and self.is_tracked)
        is_over = self.cycle.state == Cycle.State.CLOSED and row.rule != Rule.PROGRAMME_MOVED
        if not (cares and self.is_seen) or self.is_settled or is_over:
            return Delivery.State.CANCELLED
        if row.rule == Rule.PROGRAMME_MOVED:
            is_last = self.move is not None and str(self.move.pk) == row.revision
            return Delivery.State.PENDING if is_last else Delivery.State.SUPERSEDED
        same = dt.date.fromisoformat(row.revision) in self._days(Rule(row.rule))
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED

    def _days(self, rule: Rule) -> list[dt.date]:
        if rule is Rule.PROGRAMME_OPENS:
            return [self.opens_on]
        cycle, season = self.cycle, self.cycle.season
        window, before = (season.opens_on, season.closes_on), settings.WAYMARK_SCHEME_DAYS
        return [day for _, day in days.scheme_days(window, cycle.closes_on, hours(), before)]


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Offered]:  # noqa: ARG001 - as the other families
    """Return row -> its cycle: four queries, none without such rows."""
    mine = [row for row in rows if row.cycle_id]
    if not mine:
        return {}
    people = {row.person_id for row in mine}
    cycles = Cycle.objects.select_related("programme__company", "season").in_bulk({row.cycle_id for row in mine})
    followed = set(Following.objects.filter(person__in=people).values_list("person", "programme"))
    theirs = Application.objects.filter(Q(kind=Kind.SCHEME) | Q(outcome=Outcome.ACCEPTED), student__in=people)
    applications: dict[int, list[Application]] = {}
    for one in theirs:
        applications.setdefault(one.student_id, []).append(one)
    moves = _last_moves({row.cycle_id or 0 for row in mine if row.rule == Rule.PROGRAMME_MOVED})
    found = {}
    for row in mine:
        cycle = cycles[row.cycle_id or 0]
        offered = _offered(row, cycle, followed, applications.get(row.person_id, ()))
        found[row.pk] = replace(offered, move=moves.get(cycle.pk))
    return found


def _last_moves(cycles: set[int]) -> dict[int, CycleMove]:
    """Return cycle -> what it said before its last change."""
    if not cycles:
        return {}
    last = CycleMove.objects.filter(cycle__in=cycles).order_by("cycle", "-pk").distinct("cycle")
    return {move.cycle_id: move for move in last}


def _offered(
    row: Delivery, cycle: Cycle, followed: set[tuple[int, int]], applications: Sequence[Application]
) -> Offered:
    company = cycle.programme.company
    own = [
        one
        for one in applications
        if one.kind == Kind.SCHEME
        and one.company_id == company.pk
        and (one.season_id or cycle.season_id) == cycle.season_id
    ]
    if row.rule == Rule.SCHEME_CLOSES:
        is_settled = any(one.stage not in UNSENT for one in own)
    else:
        is_settled = any(one.outcome == Outcome.ACCEPTED and one.season_id == cycle.season_id for one in applications)
    return Offered(
        cycle=cycle,
        is_seen=company.approved_at is not None or company.proposed_by_id == row.person_id,
        is_followed=(row.person_id, cycle.programme_id) in followed,
        is_tracked=any(one.stage in UNSENT for one in own),
        is_settled=is_settled,
    )
