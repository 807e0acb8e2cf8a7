"""The rows of an export: exactly what board and table are asked for, in their order, with every column.

Notes, closing reasons and the text of postings are not in it: people hand such files to others.
"""

import datetime as dt

from accounts.models import User
from applications.choices import Closeness, Source, WayIn
from applications.models import MINE
from applications.queries.asked import Asked, condition
from applications.queries.asked import facts as facts_of
from applications.queries.heading import USUAL_SORT
from applications.queries.sql import fetch
from applications.queries.table import ordered
from applications.sheets import Value
from applications.stage import LOOKS, OUTCOME_LABELS
from companies.models import Hours, Kind

HEAD = (
    "Company", "Role", "Kind", "Stage", "Outcome", "In this stage since", "Next step", "Next step by", "Closes on",
    "Applied on", "Last activity", "Way in", "Referred by", "On hold", "Wait until", "Team's work", "Place", "Season",
    "Tags", "Source", "Start from", "Start until", "Weeks", "Hours", "Link",
)  # fmt: skip
_SELECT = f"""
    SELECT c.name, a.role, a.kind, a.stage, a.outcome, a.stage_since, a.next_step, a.next_step_on, a.closes_on,
    a.applied_on, a.updated_at, a.way_in, a.referrer, a.on_hold, a.hold_until, a.closeness, a.place, s.name, a.tags,
    a.source, a.starts_from, a.starts_until, a.weeks, a.hours, a.url
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN companies_season s ON s.id = a.season_id WHERE {MINE}
"""  # noqa: S608 - constants
_WORDS: dict[int, dict[str, str]] = {
    2: {kind.value: str(kind.label) for kind in Kind},
    3: {stage: look.label for stage, look in LOOKS.items()},
    4: OUTCOME_LABELS,
    11: {way.value: str(way.label) for way in WayIn},
    15: {work.value: str(work.label) for work in Closeness if work.value},
    19: {source.value: str(source.label) for source in Source if source.value},
    23: {hours.value: str(hours.label) for hours in Hours if hours.value},
}


def rows(student: User, asked: Asked, *, on: dt.date) -> list[list[Value]]:
    """Return everything that is asked for."""
    wanted, order = condition(asked), ordered(asked.sort or USUAL_SORT["table"])
    return _read(student, fetch(f"{_SELECT} AND {wanted} {order}", facts_of(student, asked, on)))


def rows_of(student: User, keys: list[int], asked: Asked) -> list[list[Value]]:
    """Return these, in the order that is asked for."""
    order = ordered(asked.sort or USUAL_SORT["table"])
    return _read(student, fetch(f"{_SELECT} AND a.id = ANY(%(keys)s) {order}", {"me": student.pk, "keys": keys}))


def _read(student: User, found: list[tuple[object, ...]]) -> list[list[Value]]:
    return [[_value(number, value, student) for number, value in enumerate(row)] for row in found]


def _value(number: int, value: object, student: User) -> Value:
    if number in _WORDS:
        return _WORDS[number].get(str(value), "")
    if isinstance(value, bool):
        return "Yes" if value else ""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(student.tz).date()
    return value if isinstance(value, str | int | dt.date) else None
