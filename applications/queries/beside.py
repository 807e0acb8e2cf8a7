"""What stands beside the rounds and the timeline of one application: many small lists, read in one statement.

Each list is a JSON array of arrays, so that ten lists cost one round trip and no objects.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from applications.queries.sql import fetch

# Name of the list -> its columns, and where they come from. `%(id)s` is an application that was found by `visible_to`.
_LISTS = {
    "steps": (
        "t.stage, t.on",
        "FROM applications_event t WHERE t.application_id = %(id)s AND t.stage <> ''",
        "t.on, t.id",
    ),
    "requirements": (
        "t.public_id, t.text, t.meets",
        "FROM applications_requirement t WHERE t.application_id = %(id)s",
        "t.position, t.id",
    ),
}
_READ = "SELECT " + ", ".join(
    f"(SELECT coalesce(json_agg(json_build_array({columns}) ORDER BY {order}), '[]') {source})"
    for columns, source, order in _LISTS.values()
)


@dataclass(frozen=True, slots=True)
class Beside:
    """The lists of one application."""

    steps: list[tuple[str, dt.date]]
    requirements: list[tuple[str, str, str]]


def beside(application: Application) -> Beside:
    """Read all of it."""
    (row,) = fetch(_READ, {"id": application.pk})
    lists: Mapping[str, Any] = dict(zip(_LISTS, row, strict=True))
    return Beside(
        steps=[(stage, dt.date.fromisoformat(on)) for stage, on in lists["steps"]],
        requirements=[(public_id, text, meets) for public_id, text, meets in lists["requirements"]],
    )
