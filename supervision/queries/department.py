"""A coordinator's page: sums of the students of a department who let themselves be counted, and nobody by name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from applications.queries.sql import fetch
from applications.stage import LOOKS, Stage
from supervision.cohort import FEW, to_fives
from supervision.models import Department

# Everything in one pass over the applications of who is counted; at each sum how many students it is of.
SUMS = """
    WITH member AS MATERIALIZED (
        SELECT k.student_id FROM supervision_counted k JOIN accounts_user u ON u.id = k.student_id AND u.is_active
        WHERE k.until IS NULL AND k.department_id = %(department)s
    ), theirs AS MATERIALIZED (
        SELECT a.student_id, a.stage, date_trunc('month', a.applied_on)::date AS month
        FROM applications_application a JOIN member USING (student_id)
    )
    SELECT 'members', NULL, count(*), count(*) FROM member
    UNION ALL SELECT 'stage', stage, count(*), count(DISTINCT student_id) FROM theirs GROUP BY stage
    UNION ALL SELECT 'month', month::text, count(*), count(DISTINCT student_id) FROM theirs
        WHERE month > %(on)s::date - interval '13 months' GROUP BY month
"""
"""In SQL: the sums of one department."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum: applications and students, in words that tell of nobody."""

    label: str
    applications: str
    students: str


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """The whole page; without sums while fewer than five are counted."""

    students: str
    stages: list[Sum]
    months: list[Sum]


def department_page(department: Department, *, on: dt.date) -> DepartmentPage:
    """Return the sums of a department: one query, however many students."""
    rows = fetch(SUMS, {"department": department.pk, "on": on})
    members = next(count for kind, _, count, _ in rows if kind == "members")
    if members < FEW:
        return DepartmentPage("", [], [])
    stages = {of: (count, students) for kind, of, count, students in rows if kind == "stage"}
    months = {of: (count, students) for kind, of, count, students in rows if kind == "month"}
    return DepartmentPage(
        to_fives(members),
        [_sum(LOOKS[stage].label, *stages.get(stage.value, (0, 0))) for stage in Stage],
        [_sum(f"{dt.date.fromisoformat(of):%B %Y}", *months[of]) for of in sorted(months)],
    )


def _sum(label: str, applications: Any, students: Any) -> Sum:  # noqa: ANN401 - numbers out of SQL
    """Say how many of how many; what fewer than five students make is not said."""
    if 0 < students < FEW:
        return Sum(label, "not shown", "fewer than 5")
    return Sum(label, to_fives(applications), to_fives(students))
