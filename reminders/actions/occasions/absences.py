"""An absence: 30 days without a visit within one's window, asked about once."""

from collections.abc import Sequence

from django.conf import settings

from reminders.actions.occasions.columns import STUDENT, columns
from reminders.days import Span
from reminders.plan import Rule
from reminders.queries.facts.absences import ABSENCE, SEEN_ON

_PAUSE = f"""{
    columns(
        rule=Rule.PAUSE_QUESTION,
        season_id="b.season_id",
        subject="'absence'",
        revision=SEEN_ON,
        due_at="m.due_at",
        useful_until="m.due_at + %(absence_useful)s",
    )
}
    FROM accounts_user u
    CROSS JOIN LATERAL ({ABSENCE}) b
    JOIN morning m ON m.zone = u.time_zone AND m.day = b.day
    WHERE {STUDENT} AND {SEEN_ON} + %(absence_days)s <= %(last_day)s
        -- who was away for long before is asked when a window has been open for 30 days: nothing to look at till then
        AND ({SEEN_ON} + %(absence_days)s >= %(first_day)s OR EXISTS (
            SELECT FROM companies_season s LEFT JOIN applications_seasonplan p ON p.season_id = s.id
            WHERE s.opens_on + %(absence_days)s BETWEEN %(first_day)s AND %(last_day)s
                OR p.opens_on + %(absence_days)s BETWEEN %(first_day)s AND %(last_day)s
        ))"""

OCCASIONS = (_PAUSE,)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - as the other families
    """Return how long an absence is, and how long it is worth asking."""
    return {
        "absence_days": settings.WAYMARK_ABSENCE_DAYS,
        "absence_useful": settings.WAYMARK_MILESTONE_USEFUL,
        "last_day": span.last_day,
    }
