"""How one knows somebody, how it stands with them, and what was said. Pure but for Django's choices."""

from collections.abc import Iterable
from itertools import takewhile

from django.db import models


class How(models.TextChoices):
    """From where one has somebody: each person has a source."""

    PAPER = "paper", "A paper"
    EVENT = "event", "Conference or workshop"
    ALUMNI = "alumni", "Alumni"
    NETWORK = "network", "Supervisor's network"
    LINKEDIN = "linkedin", "LinkedIn"
    FRIEND = "friend", "A friend"
    OTHER = "other", "Another way"


class Standing(models.TextChoices):
    """How far the conversation is, in the order of the lists."""

    TO_WRITE = "to_write", "To write"
    WRITTEN = "written", "Written"
    REPLIED = "replied", "Replied"
    TALKING = "talking", "Talking"
    REFERRED = "referred", "Referred"
    NO_ANSWER = "no_answer", "No answer"


class Said(models.TextChoices):
    """One line of the log of messages."""

    SENT = "sent", "I wrote"
    FOLLOW_UP = "follow_up", "I followed up"
    ANSWERED = "answered", "They answered"
    TALKED = "talked", "We talked"


AFTER = {
    Said.SENT: Standing.WRITTEN,
    Said.FOLLOW_UP: Standing.NO_ANSWER,  # until there is one: that was enough
    Said.ANSWERED: Standing.REPLIED,
    Said.TALKED: Standing.TALKING,
}
"""How it stands after each."""


def unanswered(kinds: Iterable[str]) -> int:
    """Return how many of one's own messages stand since the last answer or talk; the newest comes first."""
    return sum(1 for _ in takewhile({Said.SENT, Said.FOLLOW_UP}.__contains__, kinds))
