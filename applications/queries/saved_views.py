"""The views above board and table: those that come with Waymark, as conditions in SQL, and how many each holds."""

import datetime as dt
from typing import Any

from django.conf import settings

from accounts.models import User
from applications.models import MINE
from applications.queries.sql import fetch
from applications.stage import ACTIVE

LABELS = {
    "active": "Active",
    "needs": "Needs me",
    "closing": "Closing soon",
    "quiet": "Quiet 3 weeks",
    "referred": "Referred",
    "schemes": "Schemes",
    "closed": "Closed",
}

IS_ACTIVE = "a.stage <> 'closed'"
IS_UNSENT = "a.stage IN ('interested', 'preparing')"
_NEWS = "SELECT 1 FROM applications_event e WHERE e.application_id = a.id AND e.on > %(quiet_since)s"
_ROUND_SOON = """
    SELECT 1 FROM applications_interviewround i
    WHERE i.application_id = a.id AND i.status = 'scheduled' AND i.on BETWEEN %(on)s AND %(week_ahead)s
"""
CONDITIONS = {
    "active": IS_ACTIVE,
    "needs": f"""{IS_ACTIVE} AND (a.next_step_on <= %(on)s OR a.stage = 'offer' AND a.outcome = ''
        OR {IS_UNSENT} AND a.closes_on BETWEEN %(on)s AND %(week_ahead)s OR EXISTS ({_ROUND_SOON}))""",
    "closing": f"{IS_UNSENT} AND a.closes_on BETWEEN %(on)s AND %(closing_by)s",
    "quiet": f"a.stage IN ('applied', 'interviewing') AND a.stage_since <= %(quiet_since)s AND NOT EXISTS ({_NEWS})",
    "referred": f"{IS_ACTIVE} AND a.way_in = 'referred'",
    "schemes": f"{IS_ACTIVE} AND a.kind = 'scheme'",
    "closed": "a.stage = 'closed'",
}
_VIEWS = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in CONDITIONS.values())
FOUND = "found"


def facts(student: User, on: dt.date) -> dict[str, Any]:
    """Return the parameters that the conditions name."""
    return {
        "me": student.pk,
        "on": on,
        "closing_by": on + settings.WAYMARK_CLOSING_SOON,
        "week_ahead": on + settings.WAYMARK_TODAY_WEEK,
        "quiet_since": on - settings.WAYMARK_QUIET,
    }


def count(known: dict[str, Any], wanted: str, *, of_stages: bool) -> dict[str, int]:
    """Count all views and what is wanted, in one pass: keys are "quiet", FOUND, and "in_applied" when asked for.

    `wanted` is a condition, see `applications.queries.asked`, and `known` its parameters.
    """
    stages = [f"in_{stage}" for stage in ACTIVE] if of_stages else []
    counted = "".join(f", count(*) FILTER (WHERE a.stage = '{name[3:]}' AND {wanted})" for name in stages)
    statement = f"SELECT {_VIEWS}, count(*) FILTER (WHERE {wanted}){counted} {source(wanted)} WHERE {MINE}"
    (row,) = fetch(statement, known)
    return dict(zip([*CONDITIONS, FOUND, *stages], row, strict=True))


def source(*parts: str) -> str:
    """Return FROM with the applications, and with their companies when one of the conditions or orders names them."""
    company = "JOIN companies_company c ON c.id = a.company_id" if any("c." in part for part in parts) else ""
    return f"FROM applications_application a {company}"
