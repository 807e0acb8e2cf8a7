"""The letter to supervisors: who shares what, as their own list of students shows it."""

import datetime as dt

from django.conf import settings

from applications.stage import LOOKS, Stage
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.digests import Month
from reminders.words.family import Family, about, page
from supervision.queries.students import StudentRow
from tracker.lib.dates import MONTHS


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:
    month = about(facts, Month)
    today = at.astimezone(facts.delivery.person.tz).date()
    rows = month.students.rows
    return {
        "month": MONTHS[today.month - 1],
        "students": [(row, _open(row), f"{settings.SITE_URL}{row.url}") for row in rows],
        "count": len(rows),
        "more": bool(month.students.after),
    }


def _open(row: StudentRow) -> str:
    """Say how many are in each stage; no mail counts what has closed."""
    closed = LOOKS[Stage.CLOSED].label
    stages = [f"{stage.count} {stage.label}" for stage in row.figures.stages if stage.label != closed]
    return ", ".join(stages) or "Nothing under way"


DIGESTS = Family(
    _context,
    lambda facts: page("supervision:students"),  # noqa: ARG005 - there is one
    lambda: {Rule.DIGEST: "You get this on the first of each month, because you asked for it."},
)
