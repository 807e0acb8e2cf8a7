"""What curators did that somebody waits for: a suggestion decided, other days of a followed programme."""

from collections.abc import Sequence

from django.conf import settings

from reminders.actions.occasions.columns import SECOND, STUDENT, columns
from reminders.days import Span
from reminders.plan import Rule

_RESULT = f"""{
    columns(
        rule=Rule.PROPOSAL_RESULT,
        proposal_id="r.id",
        subject="'proposal-' || r.id",
        revision=f"to_char(r.decided_at AT TIME ZONE 'UTC', '{SECOND}')",
        due_at="r.decided_at",
        useful_until="r.decided_at + %(curated_useful)s",
    )
}
    FROM companies_proposal r JOIN accounts_user u ON u.id = r.proposed_by_id AND {STUDENT}
    WHERE r.state IN ('asked', 'approved', 'declined') AND r.decided_at BETWEEN %(since)s AND %(until)s"""

# Whoever settled for another offer of that season is left in peace, as when it opens.
_MOVED = f"""{
    columns(
        rule=Rule.PROGRAMME_MOVED,
        cycle_id="y.id",
        subject="'programme-' || y.programme_id",
        cycle="'season-' || y.season_id",
        revision="m.id",
        due_at="m.at",
        useful_until="m.at + %(curated_useful)s",
    )
}
    FROM companies_cyclemove m
    JOIN companies_cycle y ON y.id = m.cycle_id
    JOIN companies_programme p ON p.id = y.programme_id
    JOIN companies_company c ON c.id = p.company_id
    JOIN companies_following f ON f.programme_id = p.id AND f.created_at <= m.at
    JOIN accounts_user u ON u.id = f.person_id AND {STUDENT} AND (c.approved_at IS NOT NULL OR c.proposed_by_id = u.id)
    WHERE m.at BETWEEN %(since)s AND %(until)s AND NOT EXISTS (
        SELECT FROM companies_cyclemove n WHERE n.cycle_id = m.cycle_id AND n.id > m.id
    ) AND NOT EXISTS (
        SELECT FROM applications_application a
        WHERE a.student_id = u.id AND a.season_id = y.season_id AND a.outcome = 'accepted'
    )"""  # noqa: S608 - constants

OCCASIONS = (_RESULT, _MOVED)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - as the other families
    """Return how long it is worth telling."""
    return {"curated_useful": settings.WAYMARK_CURATED_USEFUL}
