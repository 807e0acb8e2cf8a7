"""What students ticked, let go or put off on Today: a reminder of the same thing holds its tongue."""

import datetime as dt
from collections.abc import Iterable

from applications.models import TodayMark
from applications.today_rules import Mark

Key = tuple[int, str]
"""A student, and the key of a line of Today."""


def marks_of(keys: Iterable[Key]) -> dict[Key, Mark]:
    """Return the marks of these lines: one query, none without lines."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = TodayMark.objects.filter(student__in={student for student, _ in wanted}, key__in={key for _, key in wanted})
    return {(student, key): Mark(until) for student, key, until in rows.values_list("student", "key", "until")}


def hides(mark: Mark | None, on: dt.date) -> bool:
    """Say whether a line is away on this day."""
    return mark is not None and mark.hides(on)
