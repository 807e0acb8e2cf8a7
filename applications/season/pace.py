"""How far the goal is, by plain division, no forecast; and what a missed week leaves over. Pure."""

import datetime as dt
import math
from dataclasses import dataclass

from applications.season import weeks
from tracker.lib.dates import MONTHS, full_day

MOST_A_WEEK = 20
_WEEK = 7
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Pace:
    """The third figure of the window page: a day or two words, and the sentence below it."""

    value: str
    words: str


def in_words(number: int) -> str:
    """Write small numbers out: three, but 11."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number}"


def pace_words(goal: int | None, sent: int, *, opens_on: dt.date, closes_on: dt.date, on: dt.date) -> str:
    """Say what is left to send and in how many weeks, or what to do without a goal or outside the window."""
    if on > closes_on:
        return "The main window has closed. Some roles are still open, and late ones are fine."
    if on < opens_on:
        return f"The window opens on {full_day(opens_on)}. Get your CV and a two-page research summary ready."
    if not goal:
        return "Set a goal to see how many a week that is."
    left = goal - sent
    if left <= 0:
        return "You reached your goal. Anything more is a bonus."
    last = weeks.count(on, closes_on)
    if last == 1:
        return f"{left} to go, in the last week."
    return f"{left} to go in {last} weeks: {_a_week(left, last)}."


def pace(
    goal: int | None, target: int | None, sent: int, *, opens_on: dt.date, closes_on: dt.date, on: dt.date
) -> Pace:
    """Say when the goal is reached at the weekly target; without a target, how many a week reach it in the window.

    >>> pace(24, 3, 9, opens_on=dt.date(2026, 10, 1), closes_on=dt.date(2027, 1, 31), on=dt.date(2026, 11, 10))
    Pace(value='15 December', words='When you reach 24 at three a week')
    """
    if not goal:
        return Pace("No goal yet", "With one, this shows the day on which you reach it")
    left, begin = goal - sent, max(on, opens_on)
    if left <= 0:
        return Pace("Reached", "Anything more is a bonus")
    if not target:
        return _needed(goal, left, begin, closes_on)
    day = begin + dt.timedelta(days=math.ceil(left * _WEEK / target))
    words = f"When you reach {goal} at {in_words(target)} a week"
    if begin <= closes_on < day:
        words += f". {in_words(suggested(left, begin, closes_on)).capitalize()} would fit the window"
    return Pace(day_and_month(day, on), words)


def suggested(left: int, begin: dt.date, closes_on: dt.date) -> int:
    """Return how many a week reach what is left by the end of the window: at least one."""
    days = (closes_on - begin).days + 1
    return max(1, math.ceil(left * _WEEK / days)) if days > 0 else 1


def week_target(target: int | None, carried: int, carried_from: dt.date | None, on: dt.date) -> int:
    """Return how many are aimed at in the week of this day: the target, and what was carried over into it."""
    before = weeks.monday(on) - dt.timedelta(weeks=1)
    return (target or 0) + (carried if carried_from == before else 0)


def shortfall(
    target: int | None,
    sent_last_week: int,
    *,
    left: int | None,
    asked_about: dt.date | None,
    carried: int,
    opens_on: dt.date,
    closes_on: dt.date,
    on: dt.date,
) -> int:
    """Return how many were left from last week and still have to be asked about: 0 when there is nothing to ask.

    Asked once a week, and only of whole weeks within the window; never more than the goal has `left`.
    """
    last = weeks.monday(on) - dt.timedelta(weeks=1)
    if not target or asked_about == last or last < opens_on or on > closes_on:
        return 0
    missing = week_target(target, carried, asked_about, last) - sent_last_week
    return max(0, missing if left is None else min(missing, left))


def left_words(left: int) -> str:
    """Ask about what was left from last week."""
    if left == 1:
        return "One was left from last week. Carry it over, or leave it?"
    return f"{in_words(left).capitalize()} were left from last week. Carry them over, or leave them?"


def _needed(goal: int, left: int, begin: dt.date, closes_on: dt.date) -> Pace:
    if begin > closes_on:
        return Pace(f"{left} to go", "Set a weekly target to see when you reach your goal")
    number = suggested(left, begin, closes_on)
    return Pace(f"{number} a week", f"What reaches {goal} by {closes_on.day} {MONTHS[closes_on.month - 1]}")


def day_and_month(day: dt.date, on: dt.date) -> str:
    """Return "15 December", with the year when it is far away."""
    plain = f"{day.day} {MONTHS[day.month - 1]}"
    return plain if (day - on).days < 300 else f"{plain} {day.year}"  # noqa: PLR2004 - less than ten months


def _a_week(left: int, last: int) -> str:
    whole, rest = divmod(left, last)
    if not whole:
        return "less than one a week"
    return f"{whole} a week" if not rest else f"between {whole} and {whole + 1} a week"
