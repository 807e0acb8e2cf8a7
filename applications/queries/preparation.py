"""The preparation of rounds: the lines of one plan, how ready a round is, and the sets that fit it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from accounts.models import User
from applications.models import InterviewRound, PrepItem, PrepSet, PrepSetItem
from tracker.lib.dates import DAYS, day


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a plan is."""

    done: int = 0
    total: int = 0
    minutes_left: int = 0

    @property
    def share(self) -> str:
        """Return "3 of 7", nothing without a plan."""
        return f"{self.done} of {self.total}" if self.total else ""

    @property
    def text(self) -> str:
        """Return "3 of 7 ready, 55 minutes left"; nothing without a plan."""
        if not self.total:
            return ""
        left = f", {time_needed(self.minutes_left)} left" if self.done < self.total else ""
        return f"{self.share} ready{left}"


@dataclass(frozen=True, slots=True)
class PrepLine:
    """One thing to do, ready to print; `is_late` says that its day is over."""

    id: str
    text: str
    url: str
    host: str
    when: str
    is_done: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Prep:
    """The plan of one round."""

    round_id: str
    lines: list[PrepLine]
    ready: Readiness
    days: list[dt.date | None]


def time_needed(minutes: int) -> str:
    """Return "55 minutes", "2 hours", "3 h 20 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minute{'s' * (rest != 1)}"
    return f"{hours} h {rest} min" if rest else f"{hours} hour{'s' * (hours != 1)}"


def prep_of(interview: InterviewRound, *, by: User, today: dt.date) -> Prep:
    """Return the plan of one round: one query."""
    items = list(PrepItem.objects.filter(round=interview).order_by("position", "pk"))
    return prep_with(interview, items, by=by, today=today)


def prep_with(interview: InterviewRound, items: Sequence[PrepItem], *, by: User, today: dt.date) -> Prep:
    """Tell the plan of one round, whose items are at hand."""
    lines = [prep_line(item, by=by, today=today) for item in items]
    return Prep(interview.public_id, lines, ready_of(items), [item.on for item in items])


def ready_of(items: Iterable[PrepItem]) -> Readiness:
    """Add up a plan that is at hand."""
    every = list(items)
    left = [item.minutes for item in every if item.done_at is None]
    return Readiness(len(every) - len(left), len(every), sum(left))


def prep_line(item: PrepItem, *, by: User, today: dt.date) -> PrepLine:
    """Tell one item."""
    done_on = item.done_at.astimezone(by.tz).date() if item.done_at else None
    return PrepLine(
        id=item.public_id,
        text=item.text,
        url=item.url,
        host=(urlsplit(item.url).hostname or "").removeprefix("www.") if item.url else "",
        when=f"done {_near(done_on, today)}" if done_on else _planned(item, today),
        is_done=done_on is not None,
        is_late=done_on is None and item.on is not None and item.on < today,
    )


def _planned(item: PrepItem, today: dt.date) -> str:
    """Return "today, 45 min", "from Mon, 45 min" when that is over, "45 min" without a day."""
    length = f"{item.minutes} min"
    if item.on is None:
        return length
    return f"{'from ' if item.on < today else ''}{_near(item.on, today)}, {length}"


def _near(on: dt.date, today: dt.date) -> str:
    """Return the name of a day of this week, else "Thu 12 Nov"."""
    distance = (on - today).days
    if distance in {-1, 0, 1}:
        return ("yesterday", "today", "tomorrow")[distance + 1]
    return DAYS[on.weekday()][:3] if abs(distance) < len(DAYS) else day(on)


def sets_for(kind: str, with_whom: str) -> QuerySet[PrepSet]:
    """Return the sets in use that fit a round, in their order; those that the first plan is made of are suggested."""
    fits = Q(kind__in={kind, ""}, with_whom__in={with_whom, ""})
    return PrepSet.objects.filter(fits, is_active=True).order_by("position", "pk")


def suggested_items(kind: str, with_whom: str) -> list[PrepSetItem]:
    """Return what the first plan of such a round holds, in order: one query."""
    if kind not in InterviewRound.Kind.values:
        return []
    items = PrepSetItem.objects.filter(prep_set__in=sets_for(kind, with_whom).filter(is_suggested=True))
    ordered = items.select_related("prep_set").order_by("prep_set__position", "prep_set_id", "position", "pk")
    return list(ordered)


def sets_to_add(interview: InterviewRound) -> list[PrepSet]:
    """Return every set in use, those that fit the round first."""
    every = list(PrepSet.objects.filter(is_active=True).order_by("position", "pk"))
    return sorted(every, key=lambda one: one.kind != interview.kind)


def origin(item: PrepSetItem) -> str:
    """Return what a copied line remembers: set and item."""
    return f"{item.prep_set.slug}:{item.pk}"
