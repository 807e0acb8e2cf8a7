"""The shapes of the demo's story; days are counted from the day of loading, the past being negative."""

import datetime as dt
from dataclasses import dataclass

from applications.stage import Outcome, Stage

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in."""

    email: str
    name: str
    roles: tuple[str, ...] = ("student",)
    phd_year: int | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented company with its teams, each (name, topics)."""

    name: str
    kind: str
    city: str
    country: str
    topics: tuple[str, ...]
    teams: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One posting of an invented company."""

    firm: str
    title: str
    places: tuple[str, ...]
    posted: int
    closes: int | None = None
    weeks: tuple[int, int] | None = None
    kind: str = "internship"
    hours: str = "full"


@dataclass(frozen=True, slots=True)
class Round:
    """One interview; without a day it is expected."""

    kind: str
    day: int | None = None
    time: dt.time | None = None
    minutes: int | None = None
    with_whom: str = ""
    people: str = ""
    place: str = ""
    status: str = "scheduled"
    zone: str = "Europe/London"
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    day: int
    kind: str
    text: str
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """One application: the stages it entered with their days, oldest first, and what stands on its page."""

    firm: str
    title: str
    place: str
    moves: tuple[tuple[int, Stage], ...]
    outcome: Outcome | None = None
    kind: str = "internship"
    source: str = ""
    way_in: str = "none"
    referrer: str = ""
    on_hold: bool = False
    closes: int | None = None
    next_step: str = ""
    next_step_by: int | None = None
    weeks: int | None = None
    notes: str = ""
    log: tuple[Entry, ...] = ()
    rounds: tuple[Round, ...] = ()


def workday(on: dt.date, days: int) -> dt.date:
    """Return the day so many days away, moved off the weekend: back if it is past, ahead if it is to come."""
    day = on + dt.timedelta(days=days)
    over = day.weekday() - _SATURDAY
    if over < 0:
        return day
    return day + dt.timedelta(days=2 - over) if days > 0 else day - dt.timedelta(days=over + 1)
