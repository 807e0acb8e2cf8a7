"""What each sharing level lets a supervisor see: the table of `docs/privacy.md` as code. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much one student shares with one supervisor."""

    NOTHING = "nothing"
    SUMMARY = "summary"
    STAGES = "stages"
    DETAILS = "details"


WORDING = "2026-09"
"""Which wording of the levels somebody agreed to; another month whenever a sentence below says something else."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a level is called, how it reads to either side, and what it opens; each opens what the one before does."""

    value: str
    label: str
    sentence: str
    seen: str
    counts: bool = False
    applications: bool = False
    rounds: bool = False


SCOPES: dict[str, Scope] = {
    scope.value: scope
    for scope in (
        Scope("nothing", "Nothing", "No facts at all. You are not in their list of students.", "No facts at all."),
        Scope(
            "summary",
            "Summary",
            "How many applications are in each stage, and the week of the window.",
            "Numbers per stage, and the week of the window.",
            counts=True,
        ),
        Scope(
            "stages",
            "Stages",
            "As Summary, and for each application its company, role, stage and dates.",
            "Also company, role, stage and dates.",
            counts=True,
            applications=True,
        ),
        Scope(
            "details",
            "Details",
            "As Stages, and the kinds and dates of your interview rounds, and the entries you mark as shared.",
            "Also interview rounds, and entries marked as shared.",
            counts=True,
            applications=True,
            rounds=True,
        ),
    )
}
LEVEL_CHOICES = [(scope.value, scope.label) for scope in SCOPES.values()]
