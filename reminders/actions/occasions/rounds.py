"""Interview rounds: the evening before, the hour before, and the debrief."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings

from applications.interviews.calendar import USUAL_LENGTH
from applications.models import InterviewRound
from reminders.actions.occasions.columns import STUDENT, columns, unmarked
from reminders.days import Span, evening_before
from reminders.plan import Rule
from reminders.queries.facts import hours

# Not the round's revision, which grows when it is noted as done: what is asked for then was asked already.
_STARTED = "to_char(r.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')"
_LONGEST_EVENING = dt.timedelta(hours=48)
_OPEN = f"""JOIN applications_application a ON a.id = r.application_id AND a.stage <> 'closed'
    JOIN accounts_user u ON u.id = a.student_id AND {STUDENT}"""
_ROUND = "'round-' || r.public_id"

_TOMORROW = f"""{
    columns(
        rule=Rule.INTERVIEW_TOMORROW,
        round_id="r.id",
        subject=_ROUND,
        offset="-1",
        revision="r.revision",
        due_at="e.due_at",
        useful_until="r.starts_at",
    )
}
    FROM unnest(%(rounds)s::bigint[], %(evenings)s::timestamptz[]) AS e(round_id, due_at)
    JOIN applications_interviewround r ON r.id = e.round_id AND r.status = 'scheduled' AND r.starts_at > %(at)s
    {_OPEN}"""

_SOON = f"""{
    columns(
        rule=Rule.INTERVIEW_SOON,
        round_id="r.id",
        subject=_ROUND,
        revision="r.revision",
        due_at="r.starts_at - %(soon)s",
        useful_until="r.starts_at",
    )
}
    FROM applications_interviewround r {_OPEN}
    JOIN reminders_times h ON h.person_id = u.id AND h.hour_before
    WHERE r.status = 'scheduled' AND r.starts_at > %(at)s AND r.starts_at <= %(until)s + %(soon)s"""

_DEBRIEF = f"""{
    columns(
        rule=Rule.DEBRIEF,
        round_id="r.id",
        subject=_ROUND,
        revision=_STARTED,
        due_at="e.due_at",
        useful_until="e.due_at + %(fresh)s",
    )
}
    FROM applications_interviewround r
    CROSS JOIN LATERAL (
        SELECT r.starts_at + coalesce(r.minutes * interval '1 minute', %(usual_length)s) + %(debrief_after)s AS due_at
    ) e
    {_OPEN}
    WHERE r.status IN ('scheduled', 'done') AND e.due_at BETWEEN %(since)s AND %(until)s AND r.created_at <= e.due_at
        AND NOT EXISTS (SELECT FROM applications_debrief d WHERE d.round_id = r.id)
        AND {unmarked("debrief", "r.public_id", "r.starts_at AT TIME ZONE u.time_zone")}"""  # noqa: S608 - constants

OCCASIONS = (_TOMORROW, _SOON, _DEBRIEF)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - each round has its own
    """Return the evenings before the rounds that are near, and the intervals."""
    near = InterviewRound.objects.upcoming(span.at).filter(starts_at__lte=span.until + _LONGEST_EVENING).order_by("pk")
    found = near.values_list("pk", "starts_at", "application__student__time_zone")
    due = [(key, evening_before(starts_at, zone, hours())) for key, starts_at, zone in found if starts_at]
    soon = [(key, evening) for key, evening in due if evening <= span.until]
    return {
        "rounds": [key for key, _ in soon],
        "evenings": [evening for _, evening in soon],
        "soon": settings.WAYMARK_INTERVIEW_SOON,
        "usual_length": USUAL_LENGTH,
        "debrief_after": settings.WAYMARK_DEBRIEF_AFTER,
        "fresh": settings.WAYMARK_DEBRIEF_USEFUL,
    }
