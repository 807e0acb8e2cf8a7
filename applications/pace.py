"""How far the goal is, in one plain sentence: division, no forecast. Pure."""

import datetime as dt

from applications import weeks
from tracker.lib.dates import full_day


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


def _a_week(left: int, last: int) -> str:
    whole, rest = divmod(left, last)
    if not whole:
        return "less than one a week"
    return f"{whole} a week" if not rest else f"between {whole} and {whole + 1} a week"
