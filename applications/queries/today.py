"""Today: what to do next, the next interview, how the window goes, what waits on others."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications import advice
from applications.chart import Weeks, weekly
from applications.models import MINE, ROLE_TO_ADD, Application, InterviewRound
from applications.queries.cards import FOLLOWED_UP
from applications.queries.saved_views import IS_ACTIVE, IS_UNSENT
from applications.queries.sql import fetch
from applications.queries.window import StudentWindow, pace_of, window_of
from applications.stage import LOOKS, Stage
from applications.today_rules import Known, Limits, Rule, Todo, do_next, headline
from tracker.lib.dates import away, day, moment, weekday
from tracker.templatetags.waymark import mark_html, pill_html

WAITING_SHOWN = 3
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class _Round:
    """A round of the next days."""

    application: int
    kind: str
    on: dt.date
    starts_at: dt.datetime | None
    people: str
    application_id: str
    company: str

    @property
    def label(self) -> str:
        return str(InterviewRound.Kind(self.kind).label)


@dataclass(frozen=True, slots=True)
class _Row:
    """An application about which a rule may have something to say."""

    pk: int
    public_id: str
    role: str
    company: str
    stage: str
    closes_on: dt.date | None
    next_step: str
    next_step_on: dt.date | None
    applied_on: dt.date | None
    on_hold: bool
    followed_up: bool
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of Do next, ready to print."""

    today: bool
    what: str
    why: str
    url: str
    pills: tuple[SafeString, ...]
    posting: str


@dataclass(frozen=True, slots=True)
class Interview:
    """The banner of the next interview."""

    weekday: str
    day: int
    eyebrow: str
    title: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One application that waits on others."""

    mark: SafeString
    company: str
    title: str
    url: str
    days: str


@dataclass(frozen=True, slots=True)
class Today:
    """The page."""

    date: str
    headline: str
    today: list[Line]
    later: list[Line]
    more: int
    interview: Interview | None
    window: StudentWindow | None
    week: int
    sent: int
    chart: Weeks | None
    pace: str
    waiting: list[Waiting]
    waiting_count: int
    advice: str
    is_new: bool


def today(student: User, *, at: dt.datetime, on: dt.date, everything: bool) -> Today:
    """Gather the page in six queries, whatever the number of applications; the first few lines, or everything."""
    base, rounds = reverse("applications:table"), _rounds(student, at, on)
    lines = _lines(student, rounds, base, at=at, on=on)
    shown = lines if everything else lines[: settings.WAYMARK_TODAY_ROWS]
    window = window_of(student, on)
    counted = _counted(student, window)
    sent: list[dt.date] = counted["days"] or []
    return Today(
        date=weekday(on),
        headline=headline(sum(line.today for line in lines)),
        today=[line for line in shown if line.today],
        later=[line for line in shown if not line.today],
        more=len(lines) - len(shown),
        interview=_interview(rounds[0], base, on, student.tz) if rounds else None,
        window=window,
        week=window.week(on) if window else 0,
        sent=len(sent),
        chart=weekly(window.opens_on, window.closes_on, sent, on) if window else None,
        pace=pace_of(window, len(sent), on) if window else "",
        waiting=_waiting(student, base, on) if counted["waiting"] else [],
        waiting_count=counted["waiting"],
        advice=advice.of_the_day(on),
        is_new=not counted["total"],
    )


def _lines(student: User, rounds: list[_Round], base: str, *, at: dt.datetime, on: dt.date) -> list[Line]:
    limits = Limits(
        interview=settings.WAYMARK_TODAY_INTERVIEW,
        week=settings.WAYMARK_TODAY_WEEK,
        follow_up_working_days=settings.WAYMARK_FOLLOW_UP_WORKING_DAYS,
    )
    rows = {row.public_id: row for row in _rows(student, on, limits, rounds)}
    soonest = {one.application_id: one for one in reversed(rounds)}
    todos = do_next((_known(row, soonest.get(key)) for key, row in rows.items()), at=at, on=on, limits=limits)
    return [_line(todo, rows[todo.id], base, on) for todo in todos]


_ROUNDS = f"""
    SELECT a.id, i.kind, i.on, i.starts_at, i.people, a.public_id, c.name FROM applications_interviewround i
    JOIN applications_application a ON a.id = i.application_id JOIN companies_company c ON c.id = a.company_id
    WHERE {MINE} AND {IS_ACTIVE} AND i.status = 'scheduled' AND i.on <= %(week)s
    AND (i.starts_at >= %(at)s OR i.starts_at IS NULL AND i.on >= %(on)s)
    ORDER BY i.on, i.starts_at NULLS LAST, i.id LIMIT %(most)s
"""  # noqa: S608 - constants, as below


def _rounds(student: User, at: dt.datetime, on: dt.date) -> list[_Round]:
    """Return the rounds of the next seven days that are still ahead, first one first."""
    facts = {"me": student.pk, "at": at, "on": on, "week": on + settings.WAYMARK_TODAY_WEEK, "most": MOST_ROUNDS}
    return [_Round(*row) for row in fetch(_ROUNDS, facts)]


_ROWS = f"""
    SELECT a.id, a.public_id, a.role, c.name, a.stage, a.closes_on, a.next_step, a.next_step_on, a.applied_on,
    a.on_hold, {FOLLOWED_UP}, a.url
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    WHERE {MINE} AND {IS_ACTIVE} AND (
        a.id = ANY(%(rounds)s) OR a.next_step_on <= %(week)s
        OR {IS_UNSENT} AND a.closes_on BETWEEN %(on)s AND %(week)s
        OR a.stage = 'applied' AND a.applied_on >= %(follow_up_from)s AND a.applied_on < %(on)s
    ) ORDER BY a.id
"""  # noqa: S608


def _rows(student: User, on: dt.date, limits: Limits, rounds: list[_Round]) -> list[_Row]:
    facts = {
        "me": student.pk,
        "on": on,
        "week": on + limits.week,
        "follow_up_from": on - limits.follow_up_until,
        "rounds": [one.application for one in rounds],
    }
    return [_Row(*row) for row in fetch(_ROWS, facts)]


def _known(row: _Row, interview: _Round | None) -> Known:
    return Known(
        id=row.public_id,
        title=row.role or ROLE_TO_ADD,
        company=row.company,
        stage=row.stage,
        closes_on=row.closes_on,
        next_step=row.next_step,
        next_step_on=row.next_step_on,
        applied_on=row.applied_on,
        on_hold=row.on_hold,
        followed_up=row.followed_up,
        interview=interview.label if interview else "",
        interview_at=interview.starts_at if interview else None,
    )


def _line(todo: Todo, row: _Row, base: str, on: dt.date) -> Line:
    look, near = LOOKS[row.stage], away(todo.day, on)
    quiet = (on - row.applied_on).days if row.applied_on else 0
    label, css, icon = {
        Rule.INTERVIEW: (near.capitalize(), "st-interviewing", "clock"),
        Rule.CLOSES: (f"Closes {near}", "due" if todo.today else "soft", "clock"),
        Rule.STEP: (day(todo.day), "due" if todo.today else "soft", "calendar-event"),
        Rule.FOLLOW_UP: (f"{quiet} days quiet", "soft", "hourglass-split"),
    }[todo.rule]
    pills = (pill_html(label, css, icon), pill_html(look.label, look.css, look.icon))
    return Line(
        todo.today, todo.what, todo.why, f"{base}{todo.id}/", pills, row.url if todo.rule is Rule.CLOSES else ""
    )


def _interview(one: _Round, base: str, on: dt.date, tz: ZoneInfo) -> Interview:
    here = one.starts_at.astimezone(tz).date() if one.starts_at else one.on
    when = moment(one.starts_at) if one.starts_at else f"{day(one.on)}, time not set"
    return Interview(
        weekday=day(here)[:3].upper(),
        day=here.day,
        eyebrow=f"Next interview, {away(here, on)}",
        title=f"{one.label} with {one.company}",
        when=f"{when}, with {one.people}" if one.people else when,
        url=f"{base}{one.application_id}/",
    )


def _counted(student: User, window: StudentWindow | None) -> dict[str, Any]:
    days = Q(applied_on__range=(window.opens_on, window.closes_on)) if window else Q(pk=None)
    return Application.objects.visible_to(student).aggregate(
        total=Count("pk"),
        waiting=Count("pk", filter=Q(stage=Stage.APPLIED)),
        days=ArrayAgg("applied_on", filter=days),
    )


def _waiting(student: User, base: str, on: dt.date) -> list[Waiting]:
    rows = Application.objects.visible_to(student).filter(stage=Stage.APPLIED).order_by("-stage_since", "pk")
    fields = ("public_id", "role", "company__name", "stage_since")
    return [
        Waiting(
            mark=mark_html(company, "s"),
            company=company,
            title=role or ROLE_TO_ADD,
            url=f"{base}{public_id}/",
            days=_days((on - since).days),
        )
        for public_id, role, company, since in rows.values_list(*fields)[:WAITING_SHOWN]
    ]


def _days(number: int) -> str:
    return "today" if number <= 0 else f"{number} day{'s' * (number != 1)}"
