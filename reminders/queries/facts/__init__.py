"""What is true now of the reminders in hand: asked for a whole batch at once, by the claim and by the letters.

A family of facts is a module whose `load` returns row -> what it is about.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from applications.models import Application, InterviewRound
from reminders.models import Delivery, Preference, Times
from reminders.plan import FIXED, OFF_AT_FIRST, Channel, Rule
from reminders.queries.facts import (
    absences,
    access,
    applications,
    asking,
    digests,
    people,
    programmes,
    proposals,
    rounds,
    weeks,
    windows,
)
from reminders.queries.facts.absences import Absence, silent
from reminders.queries.facts.applications import Tracked
from reminders.queries.facts.rounds import Meeting
from reminders.queries.facts.windows import Window, hours

__all__ = ["Facts", "Meeting", "Tracked", "Window", "facts_of", "hours"]

_LOADERS = (
    windows.load,
    rounds.load,
    applications.load,
    access.load,
    weeks.load,
    programmes.load,
    digests.load,
    absences.load,
    proposals.load,
    asking.load,
    people.load,
)


class About(Protocol):
    """What a row is about."""

    def standing(self, row: Delivery, at: dt.datetime) -> str:
        """Return `pending` if it still holds, `cancelled` if it is over, `superseded` if it holds at another time."""
        ...


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one delivery that decides whether it goes out and what it says."""

    delivery: Delivery
    wanted: bool
    paused: bool
    names_in_subjects: bool = False
    about: About | None = None

    def standing(self, at: dt.datetime) -> str:
        """Return `pending` if it may go out, else the final state that the facts ask for."""
        state = self._wished(at)
        too_late = self.delivery.useful_until <= at
        return Delivery.State.EXPIRED if state == Delivery.State.PENDING and too_late else state

    def _wished(self, at: dt.datetime) -> str:
        row = self.delivery
        rule = Rule(row.rule)
        stays = row.person.leaving_since is None or rule.kind in FIXED
        fits = row.person.is_active and stays and (row.person.is_student or not rule.is_for_students)
        if self.about is None or self.paused or not (fits and self.wanted):
            return Delivery.State.CANCELLED
        return self.about.standing(row, at)

    @property
    def round(self) -> InterviewRound | None:
        """The interview round it is about."""
        return self.about.round if isinstance(self.about, Meeting) else None

    @property
    def application(self) -> Application | None:
        """The application it is about."""
        return self.about.application if isinstance(self.about, Tracked) else None

    @property
    def window(self) -> Window | None:
        """The window it is about."""
        about = self.about.window if isinstance(self.about, Absence) else self.about
        return about if isinstance(about, Window) else None


def facts_of(rows: Sequence[Delivery], *, at: dt.datetime) -> list[Facts]:
    """Return the facts of each row, in its order: a fixed number of queries for each family; person is loaded."""
    if not rows:
        return []  # most ticks find nothing: twenty empty queries would be built for them
    people = {row.person_id for row in rows}
    wishes = {(p.person_id, p.kind): p for p in Preference.objects.filter(person__in=people)}
    times = Times.objects.in_bulk(people)
    away = silent((row.person_id for row in rows if row.channel == Channel.MAIL and Rule(row.rule).is_held_back), at)
    about: dict[int, About] = {}
    for load in _LOADERS:
        loaded: Mapping[int, About] = load(rows, at)
        about |= loaded
    found = []
    for row in rows:
        rule, own = Rule(row.rule), times.get(row.person_id)
        rests = (own is not None and own.paused(at, row.person.tz)) or (rule.is_held_back and row.person_id in away)
        found.append(_facts(row, wishes.get((row.person_id, rule.kind)), own, about.get(row.pk), rests=rests))
    return found


def _facts(row: Delivery, wish: Preference | None, own: Times | None, about: About | None, *, rests: bool) -> Facts:
    rule, is_mail = Rule(row.rule), row.channel == Channel.MAIL
    return Facts(
        delivery=row,
        wanted=_is_wanted(rule, wish, is_mail=is_mail) and (rule is not Rule.INTERVIEW_SOON or _hour_before(own)),
        paused=is_mail and not rule.is_alone and rests,
        names_in_subjects=own is not None and own.names_in_subjects,
        about=about,
    )


def _is_wanted(rule: Rule, wish: Preference | None, *, is_mail: bool) -> bool:
    if rule.kind in FIXED:
        return True
    if wish is None:
        return rule.kind not in OFF_AT_FIRST
    return wish.by_mail == Preference.ByMail.NOW if is_mail else wish.app


def _hour_before(own: Times | None) -> bool:
    return own is not None and own.hour_before
