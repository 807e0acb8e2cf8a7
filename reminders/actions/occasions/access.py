"""What happened to an account: sharing that changed, sign-ins from a new device, an export, a wish to leave."""

from collections.abc import Sequence

from django.conf import settings

from reminders.actions.occasions.columns import SECOND, columns
from reminders.days import Span
from reminders.plan import Rule

# Whoever changed it themselves is told as well: it is their record. An invitation that nobody accepted shares nothing.
_SHARING = f"""{
    columns(
        rule=Rule.SHARING_CHANGED,
        sharing_id="e.id",
        subject="'sharing-' || e.id",
        revision="1",
        due_at="e.at",
        useful_until="e.at + %(access_useful)s",
    )
}
    FROM supervision_sharingevent e
    JOIN supervision_supervision v ON v.id = e.supervision_id AND v.supervisor_id IS NOT NULL
    JOIN accounts_user u ON u.id = v.student_id AND u.is_active
    WHERE e.kind IN ('accepted', 'level', 'ended') AND e.at BETWEEN %(since)s AND %(until)s"""

_SIGN_IN = f"""{
    columns(
        rule=Rule.SIGN_IN,
        sign_in_id="i.id",
        subject="'sign-in-' || i.id",
        revision="1",
        due_at="i.at",
        useful_until="i.at + %(access_useful)s",
    )
}
    FROM accounts_signin i JOIN accounts_user u ON u.id = i.user_id AND u.is_active
    WHERE i.at BETWEEN %(since)s AND %(until)s"""

_EXPORT = f"""{
    columns(
        rule=Rule.EXPORT_READY,
        subject="'archive-' || e.id",
        revision="1",
        due_at="e.ended_at",
        useful_until="e.ended_at + %(export_useful)s",
    )
}
    FROM accounts_archive e JOIN accounts_user u ON u.id = e.person_id AND u.is_active
    WHERE e.way = 'out' AND e.stored_as <> '' AND e.ended_at BETWEEN %(since)s AND %(until)s"""

_LEAVING = f"""{
    columns(
        rule=Rule.LEAVING,
        subject="'account'",
        revision=f"to_char(u.leaving_since, '{SECOND}')",
        due_at="u.leaving_since",
        useful_until="u.leaving_since + %(access_useful)s",
    )
}
    FROM accounts_user u WHERE u.is_active AND u.leaving_since BETWEEN %(since)s AND %(until)s"""

OCCASIONS = (_SHARING, _SIGN_IN, _EXPORT, _LEAVING)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - as the other families
    """Return how long each is worth telling; of an export, while it is there."""
    return {"access_useful": settings.WAYMARK_ACCESS_USEFUL, "export_useful": settings.WAYMARK_ARCHIVE_KEPT}
