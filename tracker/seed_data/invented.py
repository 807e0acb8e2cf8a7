"""Invents students, companies and the course of an application from a random number generator; knows no database."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from applications.stage import Outcome, Stage
from tracker.lib.ids import ALPHABET, LENGTH

DAYS_BACK = 56

_FIRST = (
    "Amara", "Beatrix", "Callum", "Danuta", "Elif", "Fergus", "Gwen", "Hamza", "Imogen", "Jiho", "Kirsty", "Lorenzo",
    "Mei", "Niamh", "Oluwaseun", "Petra", "Rafael", "Saoirse", "Tomasz", "Yusuf",
)  # fmt: skip
_LAST = (
    "Abara", "Brandt", "Castellanos", "Drummond", "Eriksen", "Fairweather", "Greaves", "Hoang", "Ivanova", "Kaur",
    "Lockhart", "Moreau", "Nakamura", "Odowd", "Pereira", "Quayle", "Rosen", "Sinclair", "Thapa", "Whitcombe",
)  # fmt: skip
_PLACES = ("Cambridge", "London", "Edinburgh", "Zürich", "Paris", "Berlin", "Bristol", "Dublin", "Toronto", "Remote")
_TOPICS = (
    "Graph Learning", "Speech", "Causal Inference", "Robot Learning", "Diffusion Models", "Optimisation",
    "Language Models", "3D Vision", "Privacy", "Compilers",
)  # fmt: skip
_HOUSES = (
    "Aldermoor", "Birchgate", "Copperfield", "Dunmere", "Elmswood", "Foxley", "Glenhart", "Harrowby", "Ironbridge",
    "Jessamine", "Kingsmead", "Larkhill", "Mossdale", "Netherby", "Oakhanger", "Pennant", "Quarry", "Rushmere",
    "Stourton", "Thornbury",
)  # fmt: skip
_TRADES = (
    "Vision", "Robotics", "Speech", "Health", "Compute", "Materials", "Finance", "Energy", "Mobility", "Research",
)  # fmt: skip

# What the stages of a search look like about half-way through: (weight, stages passed, outcome).
_COURSES: tuple[tuple[int, tuple[Stage, ...], str], ...] = (
    (22, (Stage.INTERESTED,), ""),
    (16, (Stage.INTERESTED, Stage.PREPARING), ""),
    (30, (Stage.INTERESTED, Stage.PREPARING, Stage.APPLIED), ""),
    (9, (Stage.INTERESTED, Stage.PREPARING, Stage.APPLIED, Stage.INTERVIEWING), ""),
    (2, (Stage.PREPARING, Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER), ""),
    (1, (Stage.PREPARING, Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER), Outcome.ACCEPTED),
    (9, (Stage.INTERESTED, Stage.PREPARING, Stage.APPLIED, Stage.CLOSED), Outcome.NOT_THIS_TIME),
    (4, (Stage.PREPARING, Stage.APPLIED, Stage.INTERVIEWING, Stage.CLOSED), Outcome.NOT_THIS_TIME),
    (4, (Stage.APPLIED, Stage.CLOSED), Outcome.NO_REPLY),
    (2, (Stage.INTERESTED, Stage.PREPARING, Stage.CLOSED), Outcome.ROLE_CLOSED),
    (1, (Stage.INTERESTED, Stage.PREPARING, Stage.APPLIED, Stage.CLOSED), Outcome.WITHDREW),
)
_WEIGHTS = [weight for weight, _, _ in _COURSES]


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to one application: the stages it entered, oldest first, and how it ended ("" while open)."""

    role: str
    place: str
    moves: tuple[tuple[dt.date, Stage], ...]
    outcome: str
    closes_on: dt.date | None

    @property
    def applied_on(self) -> dt.date | None:
        """The day it was sent, if it was."""
        return next((day for day, stage in self.moves if stage is Stage.APPLIED), None)


def public_id(dice: Random) -> str:
    """Return a public id like those of the product, but the same at every run."""
    return "".join(dice.choices(ALPHABET, k=LENGTH))


def person(dice: Random) -> str:
    """Return a full name."""
    return f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"


def company_names() -> list[str]:
    """Return the names of all invented companies, each once."""
    return [f"{house} {trade}" for house in _HOUSES for trade in _TRADES]


def course(dice: Random, on: dt.date) -> Course:
    """Return the course of one application as it looks on this day."""
    _, stages, outcome = dice.choices(_COURSES, _WEIGHTS)[0]
    days = sorted(dice.randint(0, DAYS_BACK) for _ in stages)
    return Course(
        role=f"Research Intern, {dice.choice(_TOPICS)}",
        place=dice.choice(_PLACES),
        moves=tuple((on - dt.timedelta(days=back), stage) for back, stage in zip(reversed(days), stages, strict=True)),
        outcome=outcome,
        closes_on=on + dt.timedelta(days=dice.randint(1, 90)) if dice.choice((True, False)) else None,
    )
