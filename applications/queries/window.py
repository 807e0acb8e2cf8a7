"""Which season a student prepares for, the window in which they apply, and how far they are."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications import advice, weeks
from applications.chart import Weeks, weekly
from applications.models import ROLE_TO_ADD, Application, ApplicationQuerySet
from applications.pace import pace_words
from applications.stage import UNSENT
from companies.models import Season
from tracker.lib.dates import day as day_words
from tracker.lib.dates import full_day
from tracker.templatetags.waymark import mark_html

CLOSING_SHOWN = 8


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


@dataclass(frozen=True, slots=True)
class Closing:
    """One application whose posting closes."""

    mark: SafeString
    company: str
    title: str
    url: str
    day: str
    near: bool


@dataclass(frozen=True, slots=True)
class WindowView:
    """The page of the window."""

    window: StudentWindow
    opens: str
    closes: str
    state: str
    sent: int
    this_week: int
    chart: Weeks
    pace: str
    closing: list[Closing]
    year_words: str


def window_view(student: User, window: StudentWindow, *, on: dt.date) -> WindowView:
    """Gather the page in two queries."""
    mine = Application.objects.visible_to(student)
    sent = list(mine.filter(applied_on__range=(window.opens_on, window.closes_on)).values_list("applied_on", flat=True))
    this = weeks.monday(on)
    return WindowView(
        window=window,
        opens=full_day(window.opens_on),
        closes=full_day(window.closes_on),
        state=_state(window, on),
        sent=len(sent),
        this_week=sum(day is not None and day >= this for day in sent),
        chart=weekly(window.opens_on, window.closes_on, [day for day in sent if day], on),
        pace=pace_of(window, len(sent), on),
        closing=_closing(mine, on),
        year_words=advice.of_the_year(student.phd_year(window.starts_on)),
    )


def pace_of(window: StudentWindow, sent: int, on: dt.date) -> str:
    """Say how many a week are left to the goal."""
    return pace_words(window.goal, sent, opens_on=window.opens_on, closes_on=window.closes_on, on=on)


def _state(window: StudentWindow, on: dt.date) -> str:
    week = window.week(on)
    if week == 0:
        left = (window.opens_on - on).days
        return f"Opens in {left} day{'s' * (left != 1)}"
    return f"Week {week} of {window.weeks}" if week <= window.weeks else "Closed"


def _closing(mine: ApplicationQuerySet, on: dt.date) -> list[Closing]:
    rows = mine.filter(stage__in=UNSENT, closes_on__gte=on).order_by("closes_on", "pk")
    facts = rows.values_list("public_id", "role", "company__name", "closes_on")[:CLOSING_SHOWN]
    base, near = reverse("applications:table"), on + settings.WAYMARK_TODAY_WEEK
    return [
        Closing(mark_html(company, "s"), company, role or ROLE_TO_ADD, f"{base}{key}/", day_words(day), day <= near)
        for key, role, company, day in facts
        if day
    ]


def season_of(window: StudentWindow) -> Season:
    """Return the season itself."""
    return Season.objects.get(pk=window.season_id)
