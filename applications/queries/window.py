"""Which season a student prepares for, the window in which they apply, and how far they are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from accounts.models import User
from applications import weeks
from companies.models import Season


@dataclass(frozen=True, slots=True)
class StudentWindow:
    """A student's season with the window that holds for them: their own days, else the season's."""

    season_id: int
    season: str
    starts_on: dt.date
    opens_on: dt.date
    closes_on: dt.date
    goal: int | None

    @property
    def weeks(self) -> int:
        """How many calendar weeks, from Monday, the window touches."""
        return weeks.count(self.opens_on, self.closes_on)

    def week(self, on: dt.date) -> int:
        """In which week of the window this day lies: 0 before it opens, one more than `weeks` after it closes."""
        return weeks.number(self.opens_on, self.closes_on, on)


def window_of(student: User, on: dt.date) -> StudentWindow | None:
    """Return the season whose window ends next; a season that the student planned for comes before the others.

    After the last window the latest one is returned; None only when no curator has entered a season yet.
    """
    mine = FilteredRelation("plans", condition=Q(plans__student=student))
    seasons = Season.objects.annotate(plan=mine).annotate(
        from_on=Coalesce("plan__opens_on", "opens_on"),
        until_on=Coalesce("plan__closes_on", "closes_on"),
        goal=F("plan__goal"),
        plan_id=F("plan__id"),
    )
    fields = ("pk", "name", "starts_on", "from_on", "until_on", "goal", "plan_id")
    found = list(seasons.order_by("until_on", "pk").values_list(*fields))
    ahead = [row for row in found if row[4] >= on]
    chosen = next((row for row in ahead if row[6]), None) or next(iter(ahead), None) or (found[-1] if found else None)
    return StudentWindow(*chosen[:6]) if chosen else None
