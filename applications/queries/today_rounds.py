"""The interview rounds around today, with how ready the student is, as Today reads them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import User
from applications.interviews.rounds import Slot
from applications.models import MINE, InterviewRound
from applications.queries.preparation import Readiness
from applications.queries.saved_views import IS_ACTIVE
from applications.queries.sql import fetch
from applications.today_rules import Limits, Meeting

MOST_ROUNDS = 40
_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)  # a day in the zone of a round may be another one in the student's

LIMITS = Limits(
    interview=settings.WAYMARK_TODAY_INTERVIEW,
    week=settings.WAYMARK_TODAY_WEEK,
    follow_up_working_days=settings.WAYMARK_FOLLOW_UP_WORKING_DAYS,
    quiet=settings.WAYMARK_TODAY_QUIET,
    untouched=settings.WAYMARK_TODAY_UNTOUCHED,
)


@dataclass(frozen=True, slots=True)
class Round:
    """A round of the days around today that is not decided yet."""

    application: int
    public_id: str
    kind: str
    status: str
    on: dt.date
    starts_at: dt.datetime | None
    minutes: int | None
    zone: str
    people: str
    place: str
    company: str
    debriefed: bool
    done: int
    total: int
    minutes_left: int

    @property
    def label(self) -> str:
        """What it tests."""
        return str(InterviewRound.Kind(self.kind).label)

    @property
    def ready(self) -> Readiness:
        """How far its preparation is."""
        return Readiness(self.done, self.total, self.minutes_left)

    @property
    def slot(self) -> Slot:
        """When it is."""
        return Slot(self.on, self.minutes, self.zone, self.starts_at)

    def meeting(self, tz: ZoneInfo) -> Meeting:
        """Return it as the rules look at it."""
        starts, ready = self.starts_at, self.ready
        return Meeting(
            id=self.public_id,
            label=self.label,
            on=starts.astimezone(tz).date() if starts else self.on,
            starts_at=starts,
            ends_at=self.slot.ends_at or (starts + _HOUR if starts else None),
            scheduled=self.status == InterviewRound.Status.SCHEDULED,
            prepared=bool(ready.total) and ready.done == ready.total,
            ready=f"{ready.text}." if ready.text else "",
            debriefed=self.debriefed,
        )


_ROUNDS = f"""
    SELECT a.id, i.public_id, i.kind, i.status, i.on, i.starts_at, i.minutes, i.zone, i.people, i.place, c.name,
    d.id IS NOT NULL, p.done, p.total, p.minutes_left
    FROM applications_interviewround i
    JOIN applications_application a ON a.id = i.application_id JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN applications_debrief d ON d.round_id = i.id
    CROSS JOIN LATERAL (
        SELECT count(q.done_at) AS done, count(*) AS total,
        coalesce(sum(q.minutes) FILTER (WHERE q.done_at IS NULL), 0) AS minutes_left
        FROM applications_prepitem q WHERE q.round_id = i.id
    ) p
    WHERE {MINE} AND {IS_ACTIVE} AND i.status IN ('scheduled', 'done') AND i.on BETWEEN %(since)s AND %(until)s
    ORDER BY i.on, i.starts_at NULLS LAST, i.id LIMIT %(most)s
"""  # noqa: S608 - constants, as below


def rounds_around(student: User, on: dt.date) -> list[Round]:
    """Return the rounds of the last and the next seven days that are not decided yet, first one first."""
    around = LIMITS.week + _DAY
    facts = {"me": student.pk, "since": on - around, "until": on + around, "most": MOST_ROUNDS}
    return [Round(*row) for row in fetch(_ROUNDS, facts)]


def meetings_of(rounds: Iterable[Round], tz: ZoneInfo) -> dict[int, tuple[Meeting, ...]]:
    """Return application -> its rounds on the student's clock."""
    ordered = sorted(rounds, key=lambda one: one.application)
    grouped = groupby(ordered, key=lambda one: one.application)
    return {pk: tuple(one.meeting(tz) for one in group) for pk, group in grouped}
