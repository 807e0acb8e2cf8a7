"""What Today is told from: three statements in SQL and the window, whatever the number of applications."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from django.conf import settings

from accounts.models import User
from applications.models import MINE, ROLE_TO_ADD
from applications.others import sources
from applications.queries.cards import FOLLOWED_UP
from applications.queries.plan import STEPS, override_of
from applications.queries.saved_views import IS_ACTIVE, IS_UNSENT
from applications.queries.sql import fetch
from applications.queries.today_rounds import LIMITS, Round, meetings_of, rounds_around
from applications.queries.window import StudentWindow, window_of
from applications.referral import RELEASED, Referral
from applications.season.planning import Frame, Step, derive, merge
from applications.today_rules import Chosen, Known, Mark, Meeting, Season, Todo
from companies.windows import doubt_words

WAITING_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """An application about which a rule may have something to say."""

    pk: int
    public_id: str
    role: str
    company: str
    stage: str
    stage_since: dt.date
    closes_on: dt.date | None
    next_step: str
    next_step_on: dt.date | None
    applied_on: dt.date | None
    on_hold: bool
    hold_until: dt.date | None
    way_in: str
    referrer: str
    url: str
    followed_up: bool
    answer_by: dt.date | None
    news_on: dt.date | None
    posting_is_open: bool | None
    posting_gone_on: dt.date | None
    posting_dead_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Waits:
    """One application that waits on others."""

    public_id: str
    role: str
    company: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it; `rows` by public id, `meetings` by the application's key."""

    rows: dict[str, Row]
    rounds: list[Round]
    meetings: dict[int, tuple[Meeting, ...]]
    window: StudentWindow | None
    total: int
    saved: int
    sent: list[dt.date]
    waiting: list[Waits]
    waiting_count: int
    chosen: Chosen
    advice_off: bool
    steps: list[Step]
    told_by_others: Sequence[list[list[Any]]]

    def others(self, on: dt.date) -> list[Todo]:
        """Return the lines of other apps as they are on this day: today, or one within the week."""
        told = zip(sources(), self.told_by_others, strict=True)
        return [todo for one, rows in told for todo in one.todos(rows, on)]

    def known(self) -> Iterable[Known]:
        """Yield what the rules look at."""
        return (_known(row, self.meetings.get(row.pk, ())) for row in self.rows.values())

    def season(self) -> Season | None:
        """Return what the rules look at in the window."""
        if self.window is None:
            return None
        window = self.window
        wanted = window.goal, window.weekly_target, window.asked_about, window.carried
        return Season(window.opens_on, window.closes_on, *wanted, sent=self.sent, saved=self.saved)


def facts_of(student: User, *, at: dt.datetime, on: dt.date) -> Facts:
    """Gather the facts in four queries."""
    rounds = rounds_around(student, on)
    meetings = meetings_of(rounds, student.tz)
    window = window_of(student, on)
    summary = _summary(student, window, on)
    return Facts(
        rows={row.public_id: row for row in _rows(student, on, list(meetings))},
        rounds=[one for one in rounds if one.meeting(student.tz).is_ahead(at, on)],
        meetings=meetings,
        window=window,
        total=summary.total,
        saved=summary.saved,
        sent=summary.sent or [],
        waiting=[_waits(*row) for row in summary.waiting or []],
        waiting_count=summary.waiting_count,
        chosen=_chosen(summary),
        advice_off=bool(summary.advice_off),
        steps=_steps(student, window, summary.overrides or []),
        told_by_others=summary.others,
    )


_NEWS = "SELECT 1 FROM applications_event e WHERE e.application_id = a.id AND e.on >"
_ROWS = f"""
    SELECT a.id, a.public_id, a.role, c.name, a.stage, a.stage_since, a.closes_on, a.next_step, a.next_step_on,
    a.applied_on, a.on_hold, a.hold_until, a.way_in, a.referrer, a.url, {FOLLOWED_UP}, o.answer_by,
    (SELECT max(e.on) FROM applications_event e WHERE e.application_id = a.id), p.is_open, p.gone_on, p.link_dead_on
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN applications_offer o ON o.application_id = a.id AND a.stage = 'offer' AND a.outcome = ''
    LEFT JOIN companies_posting p ON p.id = a.posting_id AND {IS_UNSENT}
    WHERE {MINE} AND {IS_ACTIVE} AND (
        a.id = ANY(%(rounds)s) OR a.next_step_on <= %(week)s
        OR NOT p.is_open OR p.gone_on IS NOT NULL OR p.link_dead_on IS NOT NULL
        OR {IS_UNSENT} AND (a.closes_on BETWEEN %(on)s AND %(week)s OR {RELEASED})
        OR a.stage = 'applied' AND a.applied_on >= %(quiet)s AND a.applied_on < %(on)s
        OR o.answer_by BETWEEN %(week_ago)s AND %(week)s
        OR a.stage IN ('applied', 'interviewing') AND a.stage_since <= %(quiet)s AND NOT EXISTS ({_NEWS} %(quiet)s)
        OR a.stage = 'interested' AND a.stage_since <= %(untouched)s AND NOT EXISTS ({_NEWS} %(untouched)s)
    ) ORDER BY a.id
"""  # noqa: S608


def _rows(student: User, on: dt.date, rounds: list[int]) -> list[Row]:
    facts = {
        "me": student.pk,
        "on": on,
        "week": on + LIMITS.week,
        "week_ago": on - LIMITS.week,
        "quiet": on - LIMITS.quiet,
        "untouched": on - LIMITS.untouched,
        "rounds": rounds,
    }
    return [Row(*row) for row in fetch(_ROWS, facts)]


def _known(row: Row, meetings: tuple[Meeting, ...]) -> Known:
    return Known(
        id=row.public_id,
        title=row.role or ROLE_TO_ADD,
        company=row.company,
        stage=row.stage,
        stage_since=row.stage_since,
        news_on=row.news_on,
        closes_on=row.closes_on,
        next_step=row.next_step,
        next_step_on=row.next_step_on,
        applied_on=row.applied_on,
        referral=Referral(row.way_in, row.referrer, row.on_hold, row.hold_until),
        followed_up=row.followed_up,
        answer_by=row.answer_by,
        doubt=_doubt(row),
        meetings=meetings,
    )


def _doubt(row: Row) -> str:
    """Say why the posting may not be open any more; nothing without a posting, or when nothing speaks against it."""
    if row.posting_is_open is None:
        return ""
    if not row.posting_is_open:
        return "The shared list says that its posting has closed."
    return doubt_words(row.posting_gone_on, row.posting_dead_on)


@dataclass(frozen=True, slots=True)
class _Summary:
    """One row: counts of the applications, and what hangs on the student rather than on one of them."""

    total: int
    saved: int
    waiting_count: int
    sent: list[dt.date] | None
    waiting: list[list[str]] | None
    rules_off: list[str] | None
    advice_off: bool | None
    marks: dict[str, str | None] | None
    overrides: list[list[Any]] | None
    others: Sequence[list[list[Any]]]


@cache
def _statement() -> str:
    """Return the statement; what other apps add is known when the first page is asked for."""
    others = "".join(f", coalesce(({one.rows}), '[]'::json)" for one in sources())
    return _SUMMARY.format(others=others)


_SUMMARY = f"""
    SELECT count(*), count(*) FILTER (WHERE {IS_UNSENT}), count(*) FILTER (WHERE a.stage = 'applied'),
    array_agg(a.applied_on) FILTER (WHERE a.applied_on BETWEEN %(opens)s::date AND %(closes)s::date),
    (SELECT json_agg(json_build_array(w.public_id, w.role, w.name, w.stage_since)) FROM (
        SELECT a.public_id, a.role, c.name, a.stage_since FROM applications_application a
        JOIN companies_company c ON c.id = a.company_id
        WHERE {MINE} AND a.stage = 'applied' ORDER BY a.stage_since DESC, a.id LIMIT {WAITING_SHOWN}
    ) w),
    (SELECT d.rules_off FROM applications_desk d WHERE d.student_id = %(me)s),
    (SELECT d.advice_off FROM applications_desk d WHERE d.student_id = %(me)s),
    (SELECT json_object_agg(m.key, m.until) FROM applications_todaymark m WHERE m.student_id = %(me)s
        AND (m.until > %(on)s OR m.until IS NULL AND m.on >= %(marks_from)s)),
    ({STEPS}){{others}}
    FROM applications_application a WHERE {MINE}
"""  # noqa: S608


_OWN = len(fields(_Summary)) - 1


def _summary(student: User, window: StudentWindow | None, on: dt.date) -> _Summary:
    facts = {
        "me": student.pk,
        "on": on,
        "week": on + LIMITS.week,
        "marks_from": on - settings.WAYMARK_TODAY_MARKS,
        "opens": window.opens_on if window else None,
        "closes": window.closes_on if window else None,
        "season": window.season_id if window else None,
    }
    row = fetch(_statement(), facts)[0]
    return _Summary(*(*row[:_OWN], row[_OWN:]))


def _waits(public_id: str, role: str, company: str, since: str) -> Waits:
    return Waits(public_id, role, company, dt.date.fromisoformat(since))


def _chosen(summary: _Summary) -> Chosen:
    marks = summary.marks or {}
    return Chosen(
        off=frozenset(summary.rules_off or ()),
        marks={key: Mark(_day(until)) for key, until in marks.items()},
    )


def _steps(student: User, window: StudentWindow | None, rows: list[list[Any]]) -> list[Step]:
    """Return the plan of a student who said when they want to start, or made steps of their own."""
    if window is None or not (window.wished_start or rows):
        return []
    frame = Frame(
        opens_on=window.opens_on,
        closes_on=window.closes_on,
        starts_on=window.start,
        weeks=window.length,
        planned_on=window.planned_on,
        phd_started_on=student.phd_started_on,
    )
    derived = derive(frame) if window.wished_start else []
    return merge(derived, [override_of(row) for row in rows])[0]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
