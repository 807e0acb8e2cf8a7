"""What there is to do about the season as a whole: the weekly target, and what last week left. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from applications.season import weeks
from applications.season.pace import in_words, shortfall, week_target
from applications.today_rules.lines import Chosen, Limits, Rule, Todo

WEEK = "week"
_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Season:
    """The window with the weekly target; `asked_about` is the Monday of the week whose shortfall was last answered."""

    opens_on: dt.date
    closes_on: dt.date
    goal: int | None = None
    weekly_target: int | None = None
    asked_about: dt.date | None = None
    carried: int = 0
    sent: Sequence[dt.date] = field(default_factory=tuple)
    saved: int = 0

    @property
    def left(self) -> int | None:
        """How many are left to the goal, if there is one."""
        return max(0, self.goal - len(self.sent)) if self.goal else None

    def sent_in(self, monday: dt.date) -> int:
        """Return how many were sent in the week that begins on this Monday."""
        return sum(monday <= day < monday + _WEEK for day in self.sent)


def of_season(season: Season | None, *, on: dt.date, limits: Limits, chosen: Chosen) -> Iterator[Todo]:
    """Yield what the week asks for, unless it was answered or switched off."""
    if season is None or not season.opens_on <= on <= season.closes_on:
        return
    for todo in (_target(season, on, limits), _missed(season, on)):
        if todo and chosen.shows(todo, on):
            yield todo


def _target(season: Season, on: dt.date, limits: Limits) -> Todo | None:
    """From Thursday on: how many are left to the target of this week, never more than to the goal."""
    monday = weeks.monday(on)
    target, sent = week_target(season.weekly_target, season.carried, season.asked_about, on), season.sent_in(monday)
    short = target - sent if season.left is None else min(target - sent, season.left)
    if on.weekday() < limits.target_from or short <= 0:
        return None
    what = f"Pick {in_words(short)} more role{'s' * (short != 1)} to apply to"
    why = f"{in_words(sent).capitalize() if sent else 'None'} of {in_words(target)} sent this week."
    if season.saved:
        why += f" You have {season.saved} saved that you have not sent."
    sunday = monday + dt.timedelta(days=6)
    return Todo(Rule.TARGET, WEEK, sunday, what, why, today=False, occurrence=monday)


def _missed(season: Season, on: dt.date) -> Todo | None:
    """Ask once about last week, if all of it lay in the window."""
    monday = weeks.monday(on)
    left = shortfall(
        season.weekly_target,
        season.sent_in(monday - _WEEK),
        left=season.left,
        asked_about=season.asked_about,
        carried=season.carried,
        opens_on=season.opens_on,
        closes_on=season.closes_on,
        on=on,
    )
    if not left:
        return None
    were, them = ("was", "it") if left == 1 else ("were", "them")
    why = f"{in_words(left).capitalize()} {were} left from last week. Carry {them} over, or leave {them}?"
    return Todo(Rule.MISSED, WEEK, monday, "Plan this week", why, today=False, occurrence=monday - _WEEK)
