"""What many students' records come to: the facts that the weekly job counts, and the figure that a page shows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from applications.queries.insights import REPLIED_ON, ROUNDS_HELD
from applications.queries.sql import fetch

type Sent = tuple[dt.date, dt.date | None, dt.date | None, bool, int]

# Of companies that everybody sees, and of students whose consent stands.
_SENT = f"""
    SELECT a.company_id, a.student_id, a.applied_on, {REPLIED_ON},
        CASE WHEN a.stage = 'closed' THEN a.stage_since END,
        a.stage IN ('interviewing', 'offer') OR EXISTS (
            SELECT FROM applications_event e WHERE e.application_id = a.id AND e.stage IN ('interviewing', 'offer')
        ),
        {ROUNDS_HELD}
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id AND c.approved_at IS NOT NULL
    WHERE a.applied_on IS NOT NULL AND a.student_id IN (
        SELECT k.student_id FROM supervision_counted k JOIN accounts_user u ON u.id = k.student_id AND u.is_active
        WHERE k.until IS NULL AND k.department_id IS NULL
    )
    ORDER BY a.company_id, a.student_id, a.id
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Shared:
    """What a company's page says of other students: lines of the figure, and who of the group interned there."""

    lines: list[str] = field(default_factory=list)
    fellows: list[str] = field(default_factory=list)


def sent_by_company(*, on: dt.date) -> dict[tuple[int, int], list[Sent]]:
    """Return (company, student) -> what they sent there, as `cohort.record` takes it: one query."""
    found: dict[tuple[int, int], list[Sent]] = defaultdict(list)
    for company, student, *sent in fetch(_SENT, {"on": on}):
        found[company, student].append(tuple(sent))
    return found


ROWS = (
    "SELECT 'figure', f.said::text FROM supervision_cohortfigure f WHERE f.company_id = %(company)s",
    """
    SELECT DISTINCT 'fellow', json_build_array(
        -extract(year FROM p.starts_on)::int, coalesce(nullif(u.name, ''), u.email)
    )::text
    FROM applications_placement p
    JOIN applications_application a ON a.id = p.application_id AND a.company_id = %(company)s
    JOIN accounts_user u ON u.id = a.student_id AND u.is_active AND u.id <> %(me)s
    JOIN supervision_supervision theirs ON theirs.student_id = u.id AND theirs.ended_at IS NULL
    JOIN supervision_supervision mine ON mine.supervisor_id = theirs.supervisor_id AND mine.ended_at IS NULL
    WHERE p.tells_group AND p.starts_on IS NOT NULL AND mine.student_id = %(me)s""",
)
"""What is read of others about a company, as (kind, JSON text): its figure, and fellows of the group who were there."""


def shared_of(rows: Iterable[tuple[str, Any]]) -> Shared:
    """Tell those rows in words: no query."""
    found = list(rows)
    said = next((row for kind, row in found if kind == "figure"), None)
    there = sorted((year, name) for year, name in (row for kind, row in found if kind == "fellow"))
    return Shared(_lines(said) if said else [], [f"{name}, {-year}" for year, name in there])


def _lines(said: dict[str, object]) -> list[str]:
    lines = [f"{said['students']} students applied here."]
    if said.get("interviewed") is not None:
        lines.append(f"About {said['interviewed']} % of them came to an interview.")
    if said.get("weeks"):
        lines.append(f"Half of the answers came within {said['weeks']} week{'s' * (said['weeks'] != 1)}.")
    for key, words in (("sent_in", "Sent in"), ("answered_in", "Answered in")):
        months = said.get(key)
        if isinstance(months, list) and months:
            lines.append(f"{words} {', '.join(months)}.")
    if said.get("rounds"):
        lines.append(f"Usually {said['rounds']} round{'s' * (said['rounds'] != 1)}.")
    return lines
