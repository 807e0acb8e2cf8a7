"""The days and instants on which each rule is due; knows nothing of Django.

| Rule | Due | Of use until |
|---|---|---|
| window opens | 08:00, 16 days before and on the day | three days later |
| window half-way, closing | 08:00 of the milestone | three days later |
| programme opens | 08:00, not before the day has begun where it opens | three days later |
| scheme closes | 08:00, half-way and closing of the season's window, 7 days before | three days later |
| weekly plan | the person's day and hour, 08:00 on Monday at first | a day and a half later |
| digest | 08:00 on the first of a month | three days later |
| pause? | 08:00, 30 days into an absence within the window | three days later |
| sharing, sign-in | at once | 7 days later |
| posting closes | 08:00, 7 and 2 days before | the posting closes, in its own zone |
| offer's answer | 08:00, 7, 3 and 1 days before | that day ends |
| follow-up | 08:00, 10 working days after applying | three days later |
| one more note | 08:00, 10 working days after writing, public holidays left out | three days later |
| people kept for long | 08:00 on the first of a month | three days later |
| interview tomorrow | 18:00 of the day before | it begins |
| interview in an hour | 60 minutes before | it begins |
| debrief | two hours after the end | two days later |

Wall times are those of the person; the numbers stand in tracker/numbers.py.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from applications.season.weeks import working_days_after
from reminders.plan import Rule

_DAY = dt.timedelta(days=1)
_PAIRS = 20_000


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours at which letters leave, and how many days before a window's end and opening it is "two weeks"."""

    morning: dt.time
    evening: dt.time
    closing_days: int
    opening_days: int


@dataclass(frozen=True, slots=True)
class Span:
    """What one pass looks at: what is due from the first to the last of two instants, and `at`, the present one."""

    at: dt.datetime
    back: dt.timedelta
    ahead: dt.timedelta

    @property
    def since(self) -> dt.datetime:
        """The first instant."""
        return self.at - self.back

    @property
    def until(self) -> dt.datetime:
        """The last instant."""
        return self.at + self.ahead

    @property
    def first_day(self) -> dt.date:
        """The first day of which any wall time, anywhere on earth, may lie within."""
        return self.since.date() - _DAY

    @property
    def last_day(self) -> dt.date:
        """The last such day."""
        return self.until.date() + _DAY

    def touches(self, day: dt.date) -> bool:
        """Say whether a wall time of this day may lie within."""
        return self.first_day <= day <= self.last_day

    def days(self) -> list[dt.date]:
        """Return every day that it touches."""
        return [self.first_day + n * _DAY for n in range((self.last_day - self.first_day).days + 1)]


@lru_cache(maxsize=_PAIRS)
def wall(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Return the UTC instant of a wall time that is never early.

    In the gap of a clock change the wall time does not exist: the offset before the change gives an instant just after
    it. In a fold the wall time comes twice: the first counts, whichever the time was taken from.
    """
    return dt.datetime.combine(day, time.replace(fold=0), tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def day_ends(day: dt.date, zone: str) -> dt.datetime:
    """Return the instant at which a day is over in a zone."""
    return wall(day + _DAY, dt.time.min, zone)


@dataclass(frozen=True, slots=True)
class Morning:
    """The hour of day-rules on one day in one zone."""

    day: dt.date
    zone: str
    due_at: dt.datetime


def mornings(days: Iterable[dt.date], zones: Sequence[str], span: Span, hour: dt.time) -> list[Morning]:
    """Return the mornings of these days in these zones that fall into the span."""
    found = (Morning(day, zone, wall(day, hour, zone)) for day in days for zone in zones)
    return [one for one in found if span.since <= one.due_at <= span.until]


def follow_ups(span: Span, working_days: int) -> list[tuple[dt.date, dt.date]]:
    """Return (day of applying, day of the follow-up) wherever the follow-up falls on a day of the span."""
    earliest = span.first_day - (2 * working_days + 3) * _DAY
    sent = [earliest + n * _DAY for n in range((span.last_day - earliest).days + 1)]
    pairs = ((day, working_days_after(day, working_days)) for day in sent)
    return [(day, due) for day, due in pairs if span.touches(due)]


def evening_before(starts_at: dt.datetime, zone: str, hours: Hours) -> dt.datetime:
    """Return the evening of the day before, both as the person's own calendar has them."""
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    return wall(day - _DAY, hours.evening, zone)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day of a window that is worth a letter."""

    rule: Rule
    on: dt.date


def milestones(opens_on: dt.date, closes_on: dt.date, hours: Hours) -> list[Milestone]:
    """Return two weeks before, opening, half-way and closing day; a short window has no half, a very short no closing.

    For 1 October to 31 January: 15 September, 1 October, 1 December, 15 January.
    """
    ahead = opens_on - hours.opening_days * _DAY
    half = opens_on + (closes_on - opens_on) // 2
    closing = closes_on - hours.closing_days * _DAY
    found = [Milestone(Rule.WINDOW_OPENS, ahead), Milestone(Rule.WINDOW_OPENS, opens_on)]
    if opens_on < half < closing:
        found.append(Milestone(Rule.WINDOW_HALF, half))
    if opens_on < closing:
        found.append(Milestone(Rule.WINDOW_CLOSING, closing))
    return found


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
    windows: Iterable[tuple[int, dt.date, dt.date]], zones: Sequence[str], span: Span, hours: Hours
) -> Iterator[Moment]:
    """Yield the milestones of these windows (season, opens_on, closes_on) that fall into the span."""
    for season, opens_on, closes_on in windows:
        for milestone in milestones(opens_on, closes_on, hours):
            if not span.touches(milestone.on):
                continue
            revision = milestone.on.isoformat()
            for one in mornings([milestone.on], zones, span, hours.morning):
                yield Moment(milestone.rule, season, opens_on, closes_on, one.zone, revision, one.due_at)


@dataclass(frozen=True, slots=True)
class Opening:
    """When people of one zone hear of what opens on one day in another: never before it is open."""

    day: dt.date
    where: str
    zone: str
    due_at: dt.datetime


def openings(days: Iterable[tuple[dt.date, str]], zones: Sequence[str], span: Span, hour: dt.time) -> list[Opening]:
    """Return the instants within the span, for each (day, zone in which it counts) and each zone of people."""
    found = (
        Opening(day, where, zone, max(wall(day, hour, zone), wall(day, dt.time.min, where)))
        for day, where in days
        for zone in zones
    )
    return [one for one in found if span.since <= one.due_at <= span.until]


def scheme_days(
    window: tuple[dt.date, dt.date], closes_on: dt.date | None, hours: Hours, days_before: int
) -> list[tuple[str, dt.date]]:
    """Return (what it is, day) of each reminder of a scheme: two of the season's milestones, and a week before."""
    names = {Rule.WINDOW_HALF: "half", Rule.WINDOW_CLOSING: "closing"}
    found = [(names[stone.rule], stone.on) for stone in milestones(*window, hours) if stone.rule in names]
    if closes_on is None:
        return found
    return [*((name, day) for name, day in found if day < closes_on), ("last", closes_on - days_before * _DAY)]


@dataclass(frozen=True, slots=True)
class PlanHour:
    """When plans leave on one day for the people of one zone who chose this hour."""

    day: dt.date
    hour: int
    zone: str
    week: str
    due_at: dt.datetime


def plan_hours(chosen: Iterable[int], zones: Sequence[str], span: Span) -> list[PlanHour]:
    """Return the instants within the span; the week, such as 2026-W46, tells one plan from the next."""
    found = (
        PlanHour(day, hour, zone, "{}-W{:02}".format(*day.isocalendar()), wall(day, dt.time(hour), zone))
        for day in span.days()
        for hour in sorted(set(chosen))
        for zone in zones
    )
    return [one for one in found if span.since <= one.due_at <= span.until]
