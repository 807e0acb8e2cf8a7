"""A supervisor's month: on its first day, to those who asked for it and with whom somebody shares something."""

from collections.abc import Sequence

from django.conf import settings

from reminders.actions.occasions.columns import PRESENT, columns
from reminders.days import Span
from reminders.plan import Rule

_DIGEST = f"""{
    columns(
        rule=Rule.DIGEST,
        subject="'students'",
        revision="to_char(m.day, 'YYYY-MM')",
        due_at="m.due_at",
        useful_until="m.due_at + %(digest_useful)s",
    )
}
    FROM reminders_preference d
    JOIN accounts_user u ON u.id = d.person_id AND {PRESENT} AND u.is_supervisor
    JOIN morning m ON m.zone = u.time_zone AND extract(day FROM m.day) = 1
    WHERE d.kind = 'digest' AND EXISTS (
        SELECT FROM supervision_supervision v JOIN accounts_user s ON s.id = v.student_id AND s.is_active
        WHERE v.supervisor_id = u.id AND v.ended_at IS NULL AND v.level <> 'nothing'
    )"""

OCCASIONS = (_DIGEST,)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - as the other families
    """Return how long it is worth telling."""
    return {"digest_useful": settings.WAYMARK_MILESTONE_USEFUL}
