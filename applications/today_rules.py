"""What a student should do next, chosen from facts by fixed rules in a fixed order. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from applications import weeks
from applications.stage import UNSENT, Stage
from tracker.lib.dates import DAYS, short_day


class Rule(IntEnum):
    """Why something is to be done; the order is that of the list."""

    INTERVIEW = 1
    CLOSES = 2
    STEP = 3
    FOLLOW_UP = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """The intervals of the rules; a follow-up is worth writing until the second number of days after applying."""

    interview: dt.timedelta = dt.timedelta(hours=48)
    week: dt.timedelta = dt.timedelta(days=7)
    pressing: dt.timedelta = dt.timedelta(days=3)
    follow_up_working_days: int = 10
    follow_up_until: dt.timedelta = dt.timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules look at in one application."""

    id: str
    title: str
    company: str
    stage: str
    closes_on: dt.date | None = None
    next_step: str = ""
    next_step_on: dt.date | None = None
    applied_on: dt.date | None = None
    on_hold: bool = False
    followed_up: bool = False
    interview: str = ""
    interview_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: a sentence that begins with a verb, why, and by which day."""

    id: str
    rule: Rule
    what: str
    why: str
    day: dt.date
    today: bool


def do_next(known: Iterable[Known], *, at: dt.datetime, on: dt.date, limits: Limits) -> list[Todo]:
    """Return at most one thing for each open application: those for today first, then by rule and day."""
    found = (todo for one in known if one.stage != Stage.CLOSED if (todo := _first(one, at, on, limits)))
    return sorted(found, key=lambda todo: (not todo.today, todo.rule, todo.day, todo.id))


def _first(one: Known, at: dt.datetime, on: dt.date, limits: Limits) -> Todo | None:
    rules = (
        _interview(one, at, on, limits),
        _closes(one, on, limits),
        _step(one, on, limits),
        _follow_up(one, on, limits),
    )
    found = [todo for todo in rules if todo]
    return min(found, key=lambda todo: (not todo.today, todo.rule)) if found else None


def _interview(one: Known, at: dt.datetime, on: dt.date, limits: Limits) -> Todo | None:
    if one.interview_at is None or not at <= one.interview_at <= at + limits.interview:
        return None
    what = f"Prepare for {_lower(one.interview)} at {one.company}"
    why = "Say your summary and your questions aloud once. Show how you think."
    return Todo(one.id, Rule.INTERVIEW, what, why, max(one.interview_at.date(), on), today=True)


def _closes(one: Known, on: dt.date, limits: Limits) -> Todo | None:
    day = one.closes_on
    if one.stage not in UNSENT or day is None or not on <= day <= on + limits.week:
        return None
    closes = "today" if day == on else "tomorrow" if (day - on).days == 1 else f"on {DAYS[day.weekday()]}"
    why = f"The posting closes {closes}."
    if one.on_hold:
        why += " A referral is under way: check with them before you submit."
    elif one.stage == Stage.INTERESTED:
        why += " If you meet most of the requirements, apply."
    return Todo(one.id, Rule.CLOSES, f"Submit {one.title} at {one.company}", why, day, day <= on + limits.pressing)


def _step(one: Known, on: dt.date, limits: Limits) -> Todo | None:
    day = one.next_step_on
    if day is None or day > on + limits.week:
        return None
    what = f"{one.next_step}: {one.company}" if one.next_step else f"Take the next step at {one.company}"
    late = f"You planned this for {short_day(day)}." if day < on else "You planned this for today."
    why = late if day <= on else f"You planned this for {DAYS[day.weekday()]}."
    return Todo(one.id, Rule.STEP, what, why, day, day <= on)


def _follow_up(one: Known, on: dt.date, limits: Limits) -> Todo | None:
    sent = one.applied_on
    if one.stage != Stage.APPLIED or sent is None or one.followed_up or on > sent + limits.follow_up_until:
        return None
    day = weeks.working_days_after(sent, limits.follow_up_working_days)
    if day > on:
        return None
    why = f"You applied {(on - sent).days} days ago. One short note is normal."
    return Todo(one.id, Rule.FOLLOW_UP, f"Follow up with {one.company}", why, day, today=True)


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def headline(count: int) -> str:
    """Say how much there is to do: "Three things for today"."""
    if not count:
        return "Nothing due today"
    number = _NUMBERS[count - 1] if count <= len(_NUMBERS) else str(count)
    return f"{number} thing{'s' * (count != 1)} for today"


_NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
