"""A supervisor's month: what students share at this moment, each at the level of this moment, and nothing else."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from companies.queries.pages import Page
from reminders.models import Delivery
from reminders.plan import Rule
from supervision.queries.students import StudentRow, asked_of, student_page


@dataclass(frozen=True, slots=True)
class Month:
    """The students of one supervisor, as their own list shows them."""

    students: Page[StudentRow]

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - asked at this instant
        """Say whether anybody shares anything."""
        return Delivery.State.PENDING if self.students.rows else Delivery.State.CANCELLED


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Month]:
    """Return row -> the month: five queries for each supervisor, who are few."""
    return {row.pk: _month(row, at) for row in rows if row.rule == Rule.DIGEST and row.person.is_supervisor}


def _month(row: Delivery, at: dt.datetime) -> Month:
    on = at.astimezone(row.person.tz).date()
    size = settings.WAYMARK_DIGEST_STUDENTS
    return Month(student_page(row.person, asked_of(row.person), at=at, on=on, after="", size=size))
