"""The stages of an application and how each looks: the one place for label, icon and colour."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where an application stands; the only status there is."""

    INTERESTED = "interested"
    PREPARING = "preparing"
    APPLIED = "applied"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How it ended. Accepted stays in the stage Offer; all others close the application."""

    ACCEPTED = "accepted"
    NOT_THIS_TIME = "not_this_time"
    NO_REPLY = "no_reply"
    WITHDREW = "withdrew"
    DECLINED = "declined"
    ROLE_CLOSED = "role_closed"


@dataclass(frozen=True, slots=True)
class Look:
    """What people see of a stage."""

    value: str
    label: str
    icon: str
    css: str
    empty: str = ""


LOOKS: dict[str, Look] = {
    look.value: look
    for look in (
        Look("interested", "Interested", "bookmark", "st-interested", "Roles you may want land here."),
        Look("preparing", "Preparing", "pencil-square", "st-preparing", "What you are writing lands here."),
        Look("applied", "Applied", "send", "st-applied", "Sent ones land here."),
        Look("interviewing", "Interviewing", "chat-square-text", "st-interviewing", "First calls land here."),
        Look("offer", "Offer", "award", "st-offer", "Offers land here."),
        Look("closed", "Closed", "archive", "st-closed", "Closed ones rest here."),
    )
}
ACCEPTED = Look("accepted", "Accepted", "check-circle-fill", "st-accepted")

OUTCOME_LABELS: dict[str, str] = {
    Outcome.ACCEPTED: "Accepted",
    Outcome.NOT_THIS_TIME: "Not this time",
    Outcome.NO_REPLY: "No reply",
    Outcome.WITHDREW: "I withdrew",
    Outcome.DECLINED: "I declined",
    Outcome.ROLE_CLOSED: "Role closed",
}


def uncapped(label: str) -> str:
    """Return a label as it stands in the middle of a sentence: "no reply", but "I withdrew"."""
    return label if label.startswith("I ") else label.lower()


STAGE_CHOICES = [(look.value, look.label) for look in LOOKS.values()]
OUTCOME_CHOICES = list(OUTCOME_LABELS.items())
CLOSING_OUTCOMES = [(value, label) for value, label in OUTCOME_CHOICES if value != Outcome.ACCEPTED]
ACTIVE = [stage.value for stage in Stage if stage is not Stage.CLOSED]
UNSENT = [Stage.INTERESTED.value, Stage.PREPARING.value]
SENT = [Stage.APPLIED.value, Stage.INTERVIEWING.value, Stage.OFFER.value]


# All that an entry of the history can say, in one word each: a stage, and how it ended where that is part of it.
ENTRY_CHOICES = [
    *((value, label) for value, label in STAGE_CHOICES if value != Stage.CLOSED),
    (f"{Stage.OFFER}:{Outcome.ACCEPTED}", "Offer, accepted"),
    *((f"{Stage.CLOSED}:{value}", f"Closed: {uncapped(label)}") for value, label in CLOSING_OUTCOMES),
]


def entry_word(stage: str, outcome: str) -> str:
    """Return "applied", "closed:no_reply": the value of ENTRY_CHOICES."""
    return f"{stage}:{outcome}" if outcome else stage


def read_entry(word: str) -> tuple[str, str]:
    """Return stage and outcome of a value of ENTRY_CHOICES."""
    stage, _, outcome = word.partition(":")
    return stage, outcome


def entry_label(word: str) -> str:
    """Return how a value of ENTRY_CHOICES reads: "Interviewing", "Closed: not this time"."""
    return dict(ENTRY_CHOICES)[word]


def look(stage: str, outcome: str = "") -> Look:
    """Return the look of a stage; an accepted offer has its own."""
    return ACCEPTED if outcome == Outcome.ACCEPTED else LOOKS[stage]
