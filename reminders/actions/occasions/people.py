"""A student's people: the one more note to somebody, and the question whether to keep whom one never speaks to."""

from collections.abc import Sequence

from django.conf import settings

from reminders.actions.occasions.columns import STUDENT, columns, unmarked
from reminders.days import Span
from reminders.plan import Rule

_OUTREACH = f"""{
    columns(
        rule=Rule.OUTREACH,
        contact_id="c.id",
        subject="'person-' || c.public_id",
        revision="c.follow_up_on",
        due_at="m.due_at",
        useful_until="m.due_at + %(people_useful)s",
    )
}
    FROM outreach_contact c JOIN accounts_user u ON u.id = c.student_id AND {STUDENT}
    JOIN morning m ON m.zone = u.time_zone AND m.day = c.follow_up_on AND c.created_at <= m.due_at
    WHERE c.follow_up_on IS NOT NULL AND {unmarked("outreach", "c.public_id", "c.follow_up_on")}"""

# Asked once for each of them: on the first of the month after they became old.
_KEPT = f"""{
    columns(
        rule=Rule.PEOPLE_KEPT,
        subject="'people'",
        revision="m.day",
        due_at="m.due_at",
        useful_until="m.due_at + %(people_useful)s",
    )
}
    FROM morning m JOIN accounts_user u ON u.time_zone = m.zone AND {STUDENT}
    WHERE extract(day FROM m.day) = 1 AND EXISTS (
        SELECT FROM outreach_contact c WHERE c.student_id = u.id
            AND greatest(c.created_at, c.last_on) + %(people_kept)s BETWEEN m.due_at - interval '1 month' AND m.due_at
    )"""

OCCASIONS = (_OUTREACH, _KEPT)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - the mornings know them
    """Return for how long each is worth telling, and after how long somebody is kept for long."""
    return {"people_useful": settings.WAYMARK_MILESTONE_USEFUL, "people_kept": settings.WAYMARK_CONTACTS_KEPT}
