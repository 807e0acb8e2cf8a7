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
    """What a person switches on and off."""

    INTERVIEWS = "interviews"
    WINDOW = "window"


class Channel(StrEnum):
    """Where a reminder arrives."""

    MAIL = "mail"
    APP = "app"


class Rule(StrEnum):
    """Why something is due; also the name of its letter."""

    WINDOW_OPENS = "window_opens"
    WINDOW_HALF = "window_half"
    WINDOW_CLOSING = "window_closing"
    INTERVIEW_TOMORROW = "interview_tomorrow"

    @property
    def kind(self) -> Kind:
        """The kind that stops it."""
        return Kind.INTERVIEWS if self is Rule.INTERVIEW_TOMORROW else Kind.WINDOW


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
