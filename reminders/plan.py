"""The rules of reminders, how one is told from every other, and when to try again; knows nothing of Django."""

import datetime as dt
import uuid
from collections.abc import Sequence
from enum import StrEnum

MAIL_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://waymark.example/reminders/")
"""Under it a key becomes a Message-ID; never changes, or a second try would look like another mail."""


class Kind(StrEnum):
    """What a person chooses about; the last three are not offered as choices to everybody."""

    INTERVIEWS = "interviews"
    OFFERS = "offers"
    CLOSING = "closing"
    FOLLOW_UPS = "follow_ups"
    WEEKLY = "weekly"
    WINDOW = "window"
    PROGRAMMES = "programmes"
    PROPOSALS = "proposals"
    REQUESTS = "requests"
    DIGEST = "digest"
    ACCESS = "access"
    PAUSE = "pause"


class Channel(StrEnum):
    """Where a reminder arrives."""

    MAIL = "mail"
    APP = "app"


class Rule(StrEnum):
    """Why something is due; also the name of its letter. The more urgent, the further up."""

    SIGN_IN = "sign_in"
    SHARING_CHANGED = "sharing_changed"
    LEAVING = "leaving"
    EXPORT_READY = "export_ready"
    INTERVIEW_SOON = "interview_soon"
    INTERVIEW_TOMORROW = "interview_tomorrow"
    OFFER_ANSWER = "offer_answer"
    REQUEST_DUE = "request_due"
    WEEKLY_PLAN = "weekly_plan"
    POSTING_CLOSES = "posting_closes"
    DEBRIEF = "debrief"
    FOLLOW_UP = "follow_up"
    OUTREACH = "outreach"
    REQUEST_ANSWERED = "request_answered"
    COMMENTED = "commented"
    SCHEME_CLOSES = "scheme_closes"
    PROGRAMME_OPENS = "programme_opens"
    PROGRAMME_MOVED = "programme_moved"
    WINDOW_OPENS = "window_opens"
    WINDOW_HALF = "window_half"
    WINDOW_CLOSING = "window_closing"
    PROPOSAL_RESULT = "proposal_result"
    DIGEST = "digest"
    PEOPLE_KEPT = "people_kept"
    PAUSE_QUESTION = "pause_question"

    @property
    def kind(self) -> Kind:
        """The kind that stops it."""
        return _KINDS[self]

    @property
    def is_alone(self) -> bool:
        """Whether it is a mail of its own on any day, also while mails are paused: it cannot wait for another."""
        return self.kind in ALONE

    @property
    def is_spread(self) -> bool:
        """Whether many people are due at one instant, so that their mails leave over half an hour."""
        return self not in _AT_ONCE

    @property
    def is_held_back(self) -> bool:
        """Whether its mails rest while somebody is away for long; the question about that does not."""
        return not self.is_alone and self is not Rule.PAUSE_QUESTION

    @property
    def is_told_in_app(self) -> bool:
        """Whether it is shown behind the bell as well; a question to who is away is not for who is there."""
        return self is not Rule.PAUSE_QUESTION

    @property
    def is_for_students(self) -> bool:
        """Whether nobody else gets it."""
        return self.kind not in _FOR_ALL


ALONE = frozenset({Kind.INTERVIEWS, Kind.OFFERS, Kind.ACCESS})
"""Kinds whose mails come at once: neither merged into the one mail of a day nor held back by a pause."""

FIXED = frozenset({Kind.ACCESS})
"""Kinds that cannot be stopped: they tell of a danger to the account."""

_KINDS = {
    Rule.SIGN_IN: Kind.ACCESS,
    Rule.SHARING_CHANGED: Kind.ACCESS,
    Rule.LEAVING: Kind.ACCESS,
    Rule.EXPORT_READY: Kind.ACCESS,
    Rule.INTERVIEW_SOON: Kind.INTERVIEWS,
    Rule.INTERVIEW_TOMORROW: Kind.INTERVIEWS,
    Rule.OFFER_ANSWER: Kind.OFFERS,
    Rule.REQUEST_DUE: Kind.REQUESTS,
    Rule.REQUEST_ANSWERED: Kind.REQUESTS,
    Rule.COMMENTED: Kind.REQUESTS,
    Rule.POSTING_CLOSES: Kind.CLOSING,
    Rule.DEBRIEF: Kind.FOLLOW_UPS,
    Rule.WEEKLY_PLAN: Kind.WEEKLY,
    Rule.FOLLOW_UP: Kind.FOLLOW_UPS,
    Rule.OUTREACH: Kind.FOLLOW_UPS,
    Rule.PEOPLE_KEPT: Kind.FOLLOW_UPS,
    Rule.SCHEME_CLOSES: Kind.PROGRAMMES,
    Rule.PROGRAMME_OPENS: Kind.PROGRAMMES,
    Rule.PROGRAMME_MOVED: Kind.PROGRAMMES,
    Rule.PROPOSAL_RESULT: Kind.PROPOSALS,
    Rule.WINDOW_OPENS: Kind.WINDOW,
    Rule.WINDOW_HALF: Kind.WINDOW,
    Rule.WINDOW_CLOSING: Kind.WINDOW,
    Rule.DIGEST: Kind.DIGEST,
    Rule.PAUSE_QUESTION: Kind.PAUSE,
}

OFF_AT_FIRST = frozenset({Kind.DIGEST})
"""Kinds that nobody gets who did not ask for them."""

_FOR_ALL = frozenset({Kind.ACCESS, Kind.DIGEST, Kind.REQUESTS})

_AT_ONCE = frozenset(
    {
        Rule.SIGN_IN,
        Rule.SHARING_CHANGED,
        Rule.LEAVING,
        Rule.EXPORT_READY,
        Rule.INTERVIEW_SOON,
        Rule.INTERVIEW_TOMORROW,
        Rule.DEBRIEF,
        Rule.REQUEST_ANSWERED,
        Rule.COMMENTED,
    }
)


def in_app(mail_key: str) -> str:
    """Return the key of the same occurrence in the app.

    A key is rule : subject : person : channel : cycle : offset : revision, made in SQL by the planner.
    """
    rule, subject, person, _, *rest = mail_key.split(":")
    return ":".join([rule, subject, person, Channel.APP, *rest])


def message_id(of: str, host: str) -> str:
    """Return the Message-ID of a key: the same at every try."""
    return f"<{uuid.uuid5(MAIL_NAMESPACE, of)}@{host}>"


def retry_after(attempts: int, minutes: Sequence[int], jitter: float) -> dt.timedelta:
    """Return how long to wait after so many attempts; jitter from 0 to 1 adds up to a tenth.

    The last entry of the table repeats.
    """
    wait = minutes[min(max(attempts, 1), len(minutes)) - 1]
    return dt.timedelta(minutes=wait * (1 + jitter / 10))
