"""When a reminder is due, how it is told from every other, and when to try again; knows nothing of Django."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

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
    INTERVIEW_SOON = "interview_soon"
    INTERVIEW_TOMORROW = "interview_tomorrow"
    OFFER_ANSWER = "offer_answer"
    POSTING_CLOSES = "posting_closes"
    DEBRIEF = "debrief"
    WEEKLY_PLAN = "weekly_plan"
    FOLLOW_UP = "follow_up"
    SCHEME_CLOSES = "scheme_closes"
    PROGRAMME_OPENS = "programme_opens"
    WINDOW_OPENS = "window_opens"
    WINDOW_HALF = "window_half"
    WINDOW_CLOSING = "window_closing"
    DIGEST = "digest"
    PAUSE_QUESTION = "pause_question"

    @property
    def kind(self) -> Kind:
        """The kind that stops it."""
        return _KINDS[self]

    @property
    def is_alone(self) -> bool:
        """Whether it is a mail of its own on any day, also while mails are paused: it cannot wait for another."""
        return self.kind in ALONE


ALONE = frozenset({Kind.INTERVIEWS, Kind.OFFERS, Kind.ACCESS})
"""Kinds whose mails come at once: neither merged into the one mail of a day nor held back by a pause."""

FIXED = frozenset({Kind.ACCESS})
"""Kinds that cannot be stopped: they tell of a danger to the account."""

_KINDS = {
    Rule.SIGN_IN: Kind.ACCESS,
    Rule.SHARING_CHANGED: Kind.ACCESS,
    Rule.INTERVIEW_SOON: Kind.INTERVIEWS,
    Rule.INTERVIEW_TOMORROW: Kind.INTERVIEWS,
    Rule.OFFER_ANSWER: Kind.OFFERS,
    Rule.POSTING_CLOSES: Kind.CLOSING,
    Rule.DEBRIEF: Kind.FOLLOW_UPS,
    Rule.WEEKLY_PLAN: Kind.WEEKLY,
    Rule.FOLLOW_UP: Kind.FOLLOW_UPS,
    Rule.SCHEME_CLOSES: Kind.PROGRAMMES,
    Rule.PROGRAMME_OPENS: Kind.PROGRAMMES,
    Rule.WINDOW_OPENS: Kind.WINDOW,
    Rule.WINDOW_HALF: Kind.WINDOW,
    Rule.WINDOW_CLOSING: Kind.WINDOW,
    Rule.DIGEST: Kind.DIGEST,
    Rule.PAUSE_QUESTION: Kind.PAUSE,
}

OFF_AT_FIRST = frozenset({Kind.DIGEST})
"""Kinds that nobody gets who did not ask for them."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours at which letters leave, and how many days before its end a window is "two weeks" from closing."""

    morning: dt.time
    evening: dt.time
    closing_days: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day of a window that is worth a letter."""

    rule: Rule
    on: dt.date


def milestones(opens_on: dt.date, closes_on: dt.date, hours: Hours) -> list[Milestone]:
    """Return opening, half-way and closing day, in order; a short window has no half, a very short one no closing.

    For 1 October to 31 January: 1 October, 1 December, 15 January.
    """
    half = opens_on + (closes_on - opens_on) // 2
    closing = closes_on - dt.timedelta(days=hours.closing_days)
    found = [Milestone(Rule.WINDOW_OPENS, opens_on)]
    if opens_on < half < closing:
        found.append(Milestone(Rule.WINDOW_HALF, half))
    if opens_on < closing:
        found.append(Milestone(Rule.WINDOW_CLOSING, closing))
    return found


def wall(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Return the UTC instant of a wall time that is never early.

    In the gap of a clock change the wall time does not exist: the offset before the change gives an instant just after
    it. In a fold the wall time comes twice: the first counts.
    """
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def evening_before(starts_at: dt.datetime, zone: str, hours: Hours) -> dt.datetime:
    """Return the evening of the day before, both as the person's own calendar has them."""
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    return wall(day - dt.timedelta(days=1), hours.evening, zone)


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


def near(day: dt.date, at: dt.datetime, back: dt.timedelta, ahead: dt.timedelta) -> bool:
    """Say whether any wall time of this day, anywhere on earth, may lie between at - back and at + ahead."""
    slack = dt.timedelta(days=1)
    return (at - back).date() - slack <= day <= (at + ahead).date() + slack


@dataclass(frozen=True, slots=True)
class Moment:
    """A milestone of one window in one zone: who has both is due then."""

    rule: Rule
    season: int
    opens_on: dt.date
    closes_on: dt.date
    zone: str
    revision: str
    due_at: dt.datetime


def moments(
    windows: Sequence[tuple[int, dt.date, dt.date]],
    zones: Sequence[str],
    span: tuple[dt.datetime, dt.timedelta, dt.timedelta],
    hours: Hours,
) -> Iterator[Moment]:
    """Yield what falls between at - back and at + ahead.

    windows: season, opens_on, closes_on; span: at, back, ahead.
    """
    at, back, ahead = span
    for season, opens_on, closes_on in windows:
        for milestone in milestones(opens_on, closes_on, hours):
            if not near(milestone.on, at, back, ahead):
                continue
            for zone in zones:
                due_at = wall(milestone.on, hours.morning, zone)
                if at - back <= due_at <= at + ahead:
                    revision = milestone.on.isoformat()
                    yield Moment(milestone.rule, season, opens_on, closes_on, zone, revision, due_at)
