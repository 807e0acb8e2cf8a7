"""What each sharing level lets a supervisor see: the table of `docs/privacy.md` as code. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much one student shares with one supervisor."""

    NOTHING = "nothing"
    SUMMARY = "summary"
    STAGES = "stages"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a level is called, how it reads, and what it opens; each level opens what the one before does."""

    value: str
    label: str
    sentence: str
    counts: bool = False
    applications: bool = False
    rounds: bool = False


SCOPES: dict[str, Scope] = {
    scope.value: scope
    for scope in (
        Scope("nothing", "Nothing", "No facts at all. You are not in their list of students."),
        Scope("summary", "Summary", "How many applications are in each stage, and the window's week.", counts=True),
        Scope(
            "stages",
            "Stages",
            "As Summary, and for each application its company, role, stage and dates.",
            counts=True,
            applications=True,
        ),
        Scope(
            "details",
            "Details",
            "As Stages, and the kinds and dates of your interview rounds, and the entries you mark as shared.",
            counts=True,
            applications=True,
            rounds=True,
        ),
    )
}
LEVEL_CHOICES = [(scope.value, scope.label) for scope in SCOPES.values()]
