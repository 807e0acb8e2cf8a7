"""The saved views above board and table, as conditions in SQL on a student's applications, and how many each holds."""

import datetime as dt
from typing import Any

from django.conf import settings

from accounts.models import User
from applications.models import MINE
from applications.queries.sql import fetch
from applications.stage import ACTIVE

LABELS = {
    "active": "Active",
    "closing": "Closing soon",
    "quiet": "Quiet 3 weeks",
    "referred": "Referred",
    "schemes": "Schemes",
    "closed": "Closed",
}

IS_ACTIVE = "a.stage <> 'closed'"
IS_UNSENT = "a.stage IN ('interested', 'preparing')"
_NEWS = "SELECT 1 FROM applications_event e WHERE e.application_id = a.id AND e.on > %(quiet_since)s"
CONDITIONS = {
    "active": IS_ACTIVE,
    "closing": f"{IS_UNSENT} AND a.closes_on BETWEEN %(on)s AND %(closing_by)s",
    "quiet": f"a.stage IN ('applied', 'interviewing') AND a.stage_since <= %(quiet_since)s AND NOT EXISTS ({_NEWS})",
    "referred": f"{IS_ACTIVE} AND a.way_in = 'referred'",
    "schemes": f"{IS_ACTIVE} AND a.kind = 'scheme'",
    "closed": "a.stage = 'closed'",
}


def facts(student: User, on: dt.date) -> dict[str, Any]:
    """Return the parameters that the conditions name."""
    return {
        "me": student.pk,
        "on": on,
        "closing_by": on + settings.WAYMARK_CLOSING_SOON,
        "quiet_since": on - settings.WAYMARK_QUIET,
    }


def _counting(*conditions: str) -> str:
    return ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions)


_OF_STAGES = {
    view: _counting(*(f"a.stage = '{stage}' AND {condition}" for stage in ACTIVE))
    for view, condition in CONDITIONS.items()
}
_COUNT = {
    view: f"SELECT {_counting(*CONDITIONS.values())}, {of_stages} FROM applications_application a WHERE {MINE}"  # noqa: S608 - constants
    for view, of_stages in _OF_STAGES.items()
}


def count(student: User, view: str, on: dt.date) -> dict[str, int]:
    """Count all views, and the stages within the given one, in one pass: keys are "quiet" and "in_applied"."""
    (row,) = fetch(_COUNT[view], facts(student, on))
    return dict(zip([*CONDITIONS, *(f"in_{stage}" for stage in ACTIVE)], row, strict=True))
