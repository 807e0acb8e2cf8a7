"""Which season a student prepares for, the window in which they apply, and how far they are."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from applications.queries.closing import Closing, closing_next
from applications.queries.days import Days, days_of
from applications.queries.plan import PlanView, frame_of, plan_view, whole_plan
from applications.queries.sql import fetch
from applications.season import weeks
from applications.season.heat import Heat, heatmap
from applications.season.pace import (
    MOST_A_WEEK,
    Pace,
    day_and_month,
    in_words,
    left_words,
    pace,
    pace_words,
    shortfall,
    suggested,
    week_target,
)
from applications.season.planning import WORDS, Frame
from applications.season.summers import Summer, summers
from companies.models import Season
from tracker.lib.dates import MONTHS, full_day


@dataclass(frozen=True, slots=True)
class StudentWindow:
    """A student's season with the window that holds for them: their own days, else the season's."""

    season_id: int
    slug: str
    season: str
    starts_on: dt.date
    opens_on: dt.date
    closes_on: dt.date
    goal: int | None
    weekly_target: int | None = None
    wished_start: dt.date | None = None
    length: int | None = None
    planned_on: dt.date | None = None
    asked_about: dt.date | None = None
    carried: int = 0
    is_planned: bool = False

    @property
    def start(self) -> dt.date:
        """The day the plan works back from: the wished start, else the season's usual one."""
        return self.wished_start or self.starts_on

    @property
    def weeks(self) -> int:
        """How many calendar weeks, from Monday, the window touches."""
        return weeks.count(self.opens_on, self.closes_on)

    def week(self, on: dt.date) -> int:
        """In which week of the window this day lies: 0 before it opens, one more than `weeks` after it closes."""
        return weeks.number(self.opens_on, self.closes_on, on)


_SEASONS = """
    SELECT s.id, s.slug, s.name, s.starts_on, coalesce(p.opens_on, s.opens_on),
    coalesce(p.closes_on, s.closes_on) AS until, p.goal, p.weekly_target, p.starts_on, p.weeks, p.planned_on,
    p.asked_about, coalesce(p.carried, 0), p.id IS NOT NULL
    FROM companies_season s LEFT JOIN applications_seasonplan p ON p.season_id = s.id AND p.student_id = %(me)s
    ORDER BY until, s.id
"""


def windows_of(student: User) -> list[StudentWindow]:
    """Return the window of every season, the one that closes first in front."""
    return [StudentWindow(*row) for row in fetch(_SEASONS, {"me": student.pk})]


def present_of(windows: Sequence[StudentWindow], on: dt.date) -> StudentWindow | None:
    """Return the window that ends next; one that the student planned for comes first until its season starts.

    After the last window the latest one is returned; None only when no curator has entered a season yet.
    """
    planned = (one for one in windows if one.is_planned and on <= max(one.closes_on, one.start))
    ahead = (one for one in windows if on <= one.closes_on)
    return next(chain(planned, ahead, reversed(windows)), None)


def window_of(student: User, on: dt.date) -> StudentWindow | None:
    """Return the window that counts on this day, as everywhere but on the page where one looks at another season."""
    return present_of(windows_of(student), on)


@dataclass(frozen=True, slots=True)
class Target:
    """The second and third figure: how many a week, what the two buttons make of it, and the pace."""

    number: int | None
    less: int
    more: int
    words: str
    pace: Pace


@dataclass(frozen=True, slots=True)
class SeasonLink:
    """Another season to look at, or the one that is looked at."""

    name: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class WindowView:
    """The page of the window; `phase` is before, within or after."""

    window: StudentWindow
    seasons: list[SeasonLink]
    phase: str
    months: str
    start: str
    state: str
    sent: int
    sent_words: str
    target: Target
    left: str
    heat: Heat
    svg: SafeString
    table: SafeString
    plan: PlanView
    open_postings: int
    closing: list[Closing]
    summers: list[Summer]


def seasons_of(student: User, windows: Sequence[StudentWindow], here: StudentWindow, on: dt.date) -> list[SeasonLink]:
    """Return the seasons of the student's PhD, with where to look at each; the present one has the plain address."""
    present, page = present_of(windows, on), reverse("applications:window")
    began = student.phd_started_on or dt.date.min
    return [
        SeasonLink(one.season, page if one == present else f"{page}?season={one.slug}", one == here)
        for one in windows
        if one.starts_on >= began or one == here
    ]


def window_view(student: User, window: StudentWindow, windows: Sequence[StudentWindow], *, on: dt.date) -> WindowView:
    """Gather the page in four queries."""
    days = days_of(student, window.opens_on, window.closes_on, on)
    base = reverse("applications:window") + "days/"
    heat = heatmap(
        window.opens_on,
        window.closes_on,
        days.happened,
        on=on,
        near=on + settings.WAYMARK_TODAY_WEEK,
        base=base,
    )
    return WindowView(
        window=window,
        seasons=seasons_of(student, windows, window, on),
        phase=_phase(window, on),
        months=f"{MONTHS[window.opens_on.month - 1]} to {MONTHS[window.closes_on.month - 1]}",
        start=day_and_month(window.start, on),
        state=_state(window, on),
        sent=days.sent,
        sent_words=_sent_words(window, days, on),
        target=target_of(window, days.sent, on),
        left=left_words(left) if (left := shortfall_of(window, days.happened.sent, on)) else "",
        heat=heat,
        svg=mark_safe(heat.svg),  # noqa: S308 - numbers and days of ours
        table=mark_safe(heat.table),  # noqa: S308
        plan=plan_of(student, window, days, on),
        open_postings=days.open_postings,
        closing=closing_next(student, on),
        summers=summers(student.phd_started_on, window.start.year) if student.phd_started_on else [],
    )


def target_of(window: StudentWindow, sent: int, on: dt.date) -> Target:
    """Return the weekly target with its pace, as the page shows them and as they are swapped after a change."""
    number = window.weekly_target
    begin = max(on, window.opens_on)
    first = suggested((window.goal or 0) - sent, begin, window.closes_on)
    aim = week_target(number, window.carried, window.asked_about, on)
    words = (
        f"{aim} this week, with what you carried over" if number and aim > number else "Change it whenever life changes"
    )
    return Target(
        number=number,
        less=max(1, (number or first) - 1),
        more=min(MOST_A_WEEK, number + 1) if number else first,
        words=words if number else "A number that fits, to change any time",
        pace=pace(window.goal, number, sent, opens_on=window.opens_on, closes_on=window.closes_on, on=on),
    )


def shortfall_of(window: StudentWindow, sent: Mapping[dt.date, int], on: dt.date) -> int:
    """Return how many were left from last week and are still to be asked about; `sent` counts by day."""
    last = weeks.monday(on) - dt.timedelta(weeks=1)
    in_window = sum(n for day, n in sent.items() if window.opens_on <= day <= window.closes_on)
    return shortfall(
        window.weekly_target,
        sum(n for day, n in sent.items() if last <= day < weeks.monday(on)),
        left=window.goal - in_window if window.goal else None,
        asked_about=window.asked_about,
        carried=window.carried,
        opens_on=window.opens_on,
        closes_on=window.closes_on,
        on=on,
    )


def plan_of(student: User, window: StudentWindow, days: Days, on: dt.date) -> PlanView:
    """Return the plan worked back from the start, in two queries."""
    frame = season_frame(student, window)
    overrides, others = whole_plan(student, window.season_id, frame)
    return plan_view(frame, overrides, on, _said(window, days, on), others=others)


def season_frame(student: User, window: StudentWindow) -> Frame:
    """Return what the plan of this window is worked out from."""
    days = {"opens_on": window.opens_on, "closes_on": window.closes_on, "starts_on": window.start}
    return frame_of(student, window.season_id, days, weeks=window.length, planned_on=window.planned_on)


def _said(window: StudentWindow, days: Days, on: dt.date) -> dict[str, tuple[str, str, str]]:
    """Return title, note and pill of the steps that speak in the student's own numbers."""
    title, note = WORDS["referrals"]
    asked = f"{days.asked} asked, {days.referred} referred" if days.asked or days.referred else note
    return {"referrals": (title, asked, ""), "apply": apply_line(window, days.sent, on)}


def apply_line(window: StudentWindow, sent: int, on: dt.date) -> tuple[str, str, str]:
    """Return title, note and pill of the step "Apply"."""
    number, left = window.weekly_target, (window.goal or 0) - sent
    title = f"Apply, {in_words(number)} a week" if number else "Apply"
    note = f"{left} to go" if left > 0 else "You reached your goal" if window.goal else WORDS["apply"][1]
    return title, note, _state(window, on) if _phase(window, on) == "within" else ""


def _phase(window: StudentWindow, on: dt.date) -> str:
    if on < window.opens_on:
        return "before"
    return "within" if on <= window.closes_on else "after"


def _sent_words(window: StudentWindow, days: Days, on: dt.date) -> str:
    if _phase(window, on) == "after":
        return f"{days.sent_later} more since the window closed"
    return f"{days.sent_between(weeks.monday(on), on)} so far this week"


def pace_of(window: StudentWindow, sent: int, on: dt.date) -> str:
    """Say how many a week are left to the goal."""
    return pace_words(window.goal, sent, opens_on=window.opens_on, closes_on=window.closes_on, on=on)


def _state(window: StudentWindow, on: dt.date) -> str:
    week = window.week(on)
    if week == 0:
        return f"{_until(window.opens_on, on)} until {full_day(window.opens_on)}"
    return f"Week {week} of {window.weeks}" if week <= window.weeks else "Closed"


def _until(day: dt.date, on: dt.date) -> str:
    """Return "7 weeks", or days when it is less than two weeks."""
    left = (day - on).days
    if left >= 14:  # noqa: PLR2004 - two weeks
        return f"{left // 7} weeks"
    return f"{left} day{'s' * (left != 1)}"


def season_of(window: StudentWindow) -> Season:
    """Return the season itself."""
    return Season.objects.get(pk=window.season_id)
