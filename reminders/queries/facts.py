"""What is true now of the reminders in hand: asked for a whole batch at once, by the claim and by the letters."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count

from accounts.models import User
from applications.models import Application, InterviewRound, SeasonPlan
from applications.stage import UNSENT, Outcome
from companies.models import Season
from reminders import plan
from reminders.models import Delivery, Preference, Times
from reminders.plan import Channel, Kind, Rule


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


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one delivery that decides whether it goes out and what it says."""

    delivery: Delivery
    wanted: bool
    paused: bool
    round: InterviewRound | None = None
    window: Window | None = None

    def standing(self, at: dt.datetime) -> str:
        """Return `pending` if it may go out, else the final state that the facts ask for."""
        state = self._wished()
        too_late = self.delivery.useful_until <= at
        return Delivery.State.EXPIRED if state == Delivery.State.PENDING and too_late else state

    def _wished(self) -> str:
        person = self.delivery.person
        if not (person.is_active and person.is_student and self.wanted) or self.paused:
            return Delivery.State.CANCELLED
        return self._round_standing() if self.round else self._window_standing()

    def _round_standing(self) -> str:
        one = self.round
        if one is None or one.status != InterviewRound.Status.SCHEDULED or not one.application.is_open:
            return Delivery.State.CANCELLED
        same = str(one.revision) == self.delivery.revision and one.starts_at == self.delivery.useful_until
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED

    def _window_standing(self) -> str:
        window = self.window
        if window is None or window.accepted or not window.is_theirs:
            return Delivery.State.CANCELLED
        days = {
            stone.rule: stone.on.isoformat() for stone in plan.milestones(window.opens_on, window.closes_on, hours())
        }
        same = days.get(Rule(self.delivery.rule)) == self.delivery.revision
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED


def hours() -> plan.Hours:
    """Return the hours at which letters leave, from the settings."""
    return plan.Hours(settings.WAYMARK_MORNING, settings.WAYMARK_EVENING, settings.WAYMARK_CLOSING_DAYS)


def facts_of(rows: Sequence[Delivery], *, at: dt.datetime) -> list[Facts]:
    """Return the facts of each row, in its order: at most seven queries however many rows; person is loaded."""
    people = {row.person_id for row in rows}
    wishes = {(p.person_id, p.kind): p for p in Preference.objects.filter(person__in=people)}
    times = Times.objects.in_bulk(people)
    rounds = _rounds({row.round_id for row in rows if row.round_id})
    windows = _windows({(row.person, row.season_id) for row in rows if row.season_id}, at)
    found = []
    for row in rows:
        kind = Rule(row.rule).kind
        wish = wishes.get((row.person_id, kind.value))
        own = times.get(row.person_id) if row.channel == Channel.MAIL and kind is not Kind.INTERVIEWS else None
        found.append(
            Facts(
                delivery=row,
                wanted=wish is None or (wish.app if row.channel == Channel.APP else wish.by_mail == _NOW),
                paused=own is not None and own.paused(at, row.person.tz),
                round=rounds.get(row.round_id or 0),
                window=windows.get((row.person_id, row.season_id or 0)),
            )
        )
    return found


_NOW = Preference.ByMail.NOW


def _rounds(ids: Iterable[int]) -> dict[int, InterviewRound]:
    rows = InterviewRound.objects.filter(pk__in=ids).select_related("application__company")
    return {row.pk: row for row in rows}


def _windows(pairs: set[tuple[User, int]], at: dt.datetime) -> dict[tuple[int, int], Window]:
    if not pairs:
        return {}
    people = {person.pk for person, _ in pairs}
    seasons = Season.objects.in_bulk({season for _, season in pairs})
    plans: dict[int, list[SeasonPlan]] = {}
    for one in SeasonPlan.objects.filter(student__in=people).select_related("season"):
        plans.setdefault(one.student_id, []).append(one)
    searches = _searches(people)
    found = {}
    for person, season in pairs:
        today = at.astimezone(person.tz).date()
        search = searches.get(person.pk, Search())
        found[person.pk, season] = _window(seasons[season], plans.get(person.pk, []), today, search)
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
