"""What a student can ask somebody for, and how an answer reads for each; knows nothing of Django."""

from dataclasses import dataclass
from enum import StrEnum


class Asked(StrEnum):
    """What a request is for."""

    LETTER = "letter"
    INTRODUCTION = "introduction"
    SIGNATURE = "signature"
    APPROVAL = "approval"
    HELP = "help"


class Standing(StrEnum):
    """How a request stands."""

    OPEN = "open"
    PROMISED = "promised"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


FELLOW = "fellow-"
"""What comes before the public id of an offer when a fellow student is asked, whom no sharing leads to."""

WAITING = (Standing.OPEN, Standing.PROMISED)
"""Those that somebody still has to do something about."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one kind: its name, what the student asks, and each answer as a button and as what came of it."""

    label: str
    asks: str
    promise: str
    promised: str
    do: str
    done: str
    decline: str
    declined: str


WORDINGS: dict[str, Wording] = {
    Asked.LETTER: Wording(
        "Reference letter",
        "a reference letter",
        "I will write it",
        "Will write it",
        "The letter is sent",
        "Letter sent",
        "I cannot write one",
        "Cannot write one",
    ),
    Asked.INTRODUCTION: Wording(
        "Introduction",
        "an introduction",
        "I will introduce you",
        "Will introduce you",
        "You are introduced",
        "Introduced",
        "I cannot introduce you",
        "Cannot introduce you",
    ),
    Asked.SIGNATURE: Wording(
        "Signature",
        "a signature",
        "I will sign it",
        "Will sign it",
        "It is signed",
        "Signed",
        "I cannot sign it",
        "Cannot sign it",
    ),
    Asked.APPROVAL: Wording(
        "Approval",
        "an approval",
        "I will look at it",
        "Will look at it",
        "I approve",
        "Approved",
        "I do not approve",
        "Not approved",
    ),
    Asked.HELP: Wording(
        "Help",
        "help",
        "I will help",
        "Will help",
        "I have helped",
        "Helped",
        "I cannot help with this",
        "Cannot help with this",
    ),
}

ASKED_CHOICES = [(kind.value, WORDINGS[kind].label) for kind in Asked]


def standing_words(kind: str, standing: str) -> str:
    """Return how a request stands, in the words of its kind: "Letter sent"."""
    words = WORDINGS[kind]
    return {
        Standing.OPEN: "Not answered yet",
        Standing.PROMISED: words.promised,
        Standing.DONE: words.done,
        Standing.DECLINED: words.declined,
        Standing.WITHDRAWN: "Withdrawn",
    }[Standing(standing)]


def answers(kind: str, standing: str) -> list[tuple[str, str]]:
    """Return what can be answered now, as value and button; who promised need not promise again."""
    words = WORDINGS[kind]
    promise = [(Standing.PROMISED.value, words.promise)] if standing == Standing.OPEN else []
    return [(Standing.DONE.value, words.do), *promise, (Standing.DECLINED.value, words.decline)]
