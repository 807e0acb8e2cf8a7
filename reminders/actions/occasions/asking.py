"""What is asked of a supervisor, what came of it, and what is said between a student and a supervisor."""

from collections.abc import Sequence

from django.conf import settings

from reminders.actions.occasions.columns import SECOND, STUDENT, columns
from reminders.days import Span
from reminders.plan import Rule

# Whoever was asked by mail alone gets a mail from supervision itself.
_DUE = f"""{
    columns(
        rule=Rule.REQUEST_DUE,
        request_id="r.id",
        subject="'request-' || r.id",
        offset="o.days",
        revision="to_char(r.due_on, 'YYYY-MM-DD')",
        due_at="m.due_at",
        useful_until="m.due_at + o.days * interval '1 day'",
    )
}
    FROM supervision_request r
    JOIN supervision_supervision v ON v.id = r.supervision_id AND v.ended_at IS NULL
    JOIN accounts_user u ON u.id = v.supervisor_id AND u.is_active
    CROSS JOIN unnest(%(request_days)s::int[]) AS o(days)
    JOIN morning m ON m.day = r.due_on - o.days AND m.zone = u.time_zone
    WHERE r.standing IN ('open', 'promised') AND r.asked_at <= m.due_at"""

_ANSWERED = f"""{
    columns(
        rule=Rule.REQUEST_ANSWERED,
        request_id="r.id",
        subject="'answer-' || r.id",
        revision=f"to_char(coalesce(r.answered_at, r.promised_at) AT TIME ZONE 'UTC', '{SECOND}')",
        due_at="coalesce(r.answered_at, r.promised_at)",
        useful_until="coalesce(r.answered_at, r.promised_at) + %(curated_useful)s",
    )
}
    FROM supervision_request r JOIN accounts_user u ON u.id = r.student_id AND {STUDENT}
    WHERE r.standing IN ('promised', 'done', 'declined')
        AND coalesce(r.answered_at, r.promised_at) BETWEEN %(since)s AND %(until)s"""

_COMMENTED = f"""{
    columns(
        rule=Rule.COMMENTED,
        comment_id="c.id",
        subject="'comment-' || c.id",
        revision="1",
        due_at="c.at",
        useful_until="c.at + %(curated_useful)s",
    )
}
    FROM supervision_comment c
    JOIN supervision_supervision v ON v.id = c.supervision_id AND v.ended_at IS NULL
    JOIN accounts_user u ON u.is_active AND u.id = CASE WHEN c.by_id = v.student_id THEN v.supervisor_id
        ELSE v.student_id END
    WHERE c.at BETWEEN %(since)s AND %(until)s"""

OCCASIONS = (_DUE, _ANSWERED, _COMMENTED)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - as the other families
    """Return how many days before its day a request is told of again."""
    return {"request_days": list(settings.WAYMARK_REQUEST_BEFORE)}
