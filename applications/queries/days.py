"""What happened on each day of a window, and on one day: sent, interviews, what closes."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications.models import MINE, ROLE_TO_ADD, Application, InterviewRound
from applications.queries.saved_views import IS_UNSENT
from applications.queries.sql import fetch
from applications.season.heat import Happened
from applications.stage import UNSENT, Stage
from tracker.lib.dates import weekday
from tracker.templatetags.waymark import mark_html

# A round is on the student's own day: 08:00 in Tokyo may be yesterday evening at home. The rounds are gathered first:
# PostgreSQL cannot guess how many days of such an expression lie in the window, and would read those of everybody.
_DAYS = f"""
    WITH rounds AS MATERIALIZED (
        SELECT coalesce((r.starts_at AT TIME ZONE %(zone)s)::date, r.on) AS day FROM applications_application a
        JOIN applications_interviewround r ON r.application_id = a.id
        WHERE {MINE} AND r.status NOT IN ('cancelled', 'moved') AND (r.status <> 'scheduled' OR a.stage <> 'closed')
    )
    SELECT 'sent', a.applied_on, count(*) FROM applications_application a
    WHERE {MINE} AND a.applied_on BETWEEN %(opens)s AND %(until)s GROUP BY 2
    UNION ALL SELECT 'closing', a.closes_on, count(*) FROM applications_application a
    WHERE {MINE} AND {IS_UNSENT} AND a.closes_on BETWEEN greatest(%(opens)s, %(on)s) AND %(closes)s GROUP BY 2
    UNION ALL SELECT 'interviews', day, count(*) FROM rounds WHERE day BETWEEN %(opens)s AND %(closes)s GROUP BY 2
    UNION ALL SELECT a.way_in, NULL, count(*) FROM applications_application a
    WHERE {MINE} AND a.way_in <> 'none' GROUP BY 1
    UNION ALL SELECT 'open', NULL, count(*) FROM companies_posting p JOIN companies_company c ON c.id = p.company_id
    WHERE %(after)s AND p.is_visible AND p.is_open AND p.is_research
    AND (c.approved_at IS NOT NULL OR c.proposed_by_id = %(me)s)
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a window, what was sent after it, and a few counts without days."""

    happened: Happened
    sent_later: int
    asked: int
    referred: int
    open_postings: int

    @property
    def sent(self) -> int:
        """How many were sent within the window."""
        return sum(self.happened.sent.values())

    def sent_between(self, first: dt.date, last: dt.date) -> int:
        """How many were sent from one day to another."""
        return sum(number for day, number in self.happened.sent.items() if first <= day <= last)


def days_of(student: User, opens_on: dt.date, closes_on: dt.date, on: dt.date) -> Days:
    """Count what happened within the window in one query; research postings that are open only after it."""
    facts = {
        "me": student.pk,
        "zone": student.time_zone,
        "opens": opens_on,
        "closes": closes_on,
        "until": max(closes_on, on),
        "on": on,
        "after": on > closes_on,
    }
    counts: dict[str, dict[dt.date, int]] = defaultdict(dict)
    plain: dict[str, int] = {}
    for kind, day, number in fetch(_DAYS, facts):
        if day is None:
            plain[kind] = number
        else:
            counts[kind][day] = number
    sent = counts["sent"]
    return Days(
        Happened({day: n for day, n in sent.items() if day <= closes_on}, counts["interviews"], counts["closing"]),
        sent_later=sum(n for day, n in sent.items() if day > closes_on),
        asked=plain.get("asked", 0),
        referred=plain.get("referred", 0),
        open_postings=plain.get("open", 0),
    )


@dataclass(frozen=True, slots=True)
class Thing:
    """One application or round of a day."""

    mark: SafeString
    what: str
    company: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """What one day held or will hold."""

    title: str
    groups: list[tuple[str, list[Thing]]]


def day_of(student: User, day: dt.date, on: dt.date) -> Day:
    """Gather a day in two queries, of the same rows that are counted in the calendar."""
    mine = Application.objects.visible_to(student)
    closing = Q(stage__in=UNSENT, closes_on=day) if day >= on else Q(pk=None)
    rows = mine.filter(Q(applied_on=day) | closing).order_by("company__match_key", "pk")
    facts = list(rows.values_list("public_id", "role", "company__name", "applied_on"))
    base = reverse("applications:table")
    things = [(applied_on, _thing(f"{base}{key}/", role or ROLE_TO_ADD, name)) for key, role, name, applied_on in facts]
    groups = [
        ("Sent", [thing for applied_on, thing in things if applied_on == day]),
        ("Interviews", _interviews(student, day)),
        ("Closes", [thing for applied_on, thing in things if applied_on != day]),
    ]
    return Day(f"{weekday(day)} {day.year}", [group for group in groups if group[1]])


def _interviews(student: User, day: dt.date) -> list[Thing]:
    begins = dt.datetime.combine(day, dt.time(), student.tz)
    ends = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), student.tz)
    held = Q(starts_at__gte=begins, starts_at__lt=ends) | Q(starts_at=None, on=day)
    status = InterviewRound.Status
    rounds = (
        InterviewRound.objects.visible_to(student).filter(held).exclude(status__in=(status.CANCELLED, status.MOVED))
    )
    rounds = rounds.exclude(status=status.SCHEDULED, application__stage=Stage.CLOSED).order_by("starts_at", "pk")
    facts = rounds.values_list("public_id", "kind", "starts_at", "application__company__name")
    labels, base = dict(InterviewRound.Kind.choices), "/rounds/"
    return [
        _thing(f"{base}{key}/", f"{labels[kind]}{_time(student, starts_at)}", name)
        for key, kind, starts_at, name in facts
    ]


def _time(student: User, starts_at: dt.datetime | None) -> str:
    return f", {starts_at.astimezone(student.tz):%H:%M}" if starts_at else ""


def _thing(url: str, what: str, company: str) -> Thing:
    return Thing(mark_html(company, "s"), what, company, url)
