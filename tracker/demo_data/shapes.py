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
class Learned:
    """What a round taught: how it felt, and the questions that came up, each with what one would answer now."""

    felt: str
    went_well: str = ""
    to_improve: str = ""
    colleagues: str = ""
    next_step: str = ""
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One interview; without a day it is expected. `ready` is how much of its plan is ticked."""

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
    ready: float = 0.0
    learned: Learned | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """One team that is spoken to within an application."""

    team: str
    people: str
    project: str
    state: str
    interest: str
    day: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How close the team's work is, what it could become, and what the posting asks for: (line, met or not)."""

    team: str
    closeness: str
    could_become: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    asks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """An offer: by when to answer, how long, what it pays, and all that is said in words."""

    answer_by: int
    weeks: int
    pay: int
    currency: str
    said: dict[str, object]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its versions, each (day, words on the first page, what changed)."""

    name: str
    kind: str
    file_name: str
    versions: tuple[tuple[int, tuple[str, ...], str], ...]


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
    reason: str = ""
    log: tuple[Entry, ...] = ()
    rounds: tuple[Round, ...] = ()
    talks: tuple[Talk, ...] = ()
    fit: Fit | None = None
    terms: Terms | None = None
    # Put in afterwards, and typed with a wrong day first: what a history looks like in life.
    late: tuple[tuple[int, Stage], ...] = ()
    misdated: int | None = None


def workday(on: dt.date, days: int) -> dt.date:
    """Return the day so many days away, moved off the weekend: back if it is past, ahead if it is to come."""
    day = on + dt.timedelta(days=days)
    over = day.weekday() - _SATURDAY
    if over < 0:
        return day
    return day + dt.timedelta(days=2 - over) if days > 0 else day - dt.timedelta(days=over + 1)
