"""How long answers take: who still waits counts as waiting, so that silence is not taken for a quick answer. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from applications.insights.traces import Trace


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days one application has waited, and whether an answer ended it."""

    days: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Replies:
    """All waits, the shortest first; the day by which half are answered, where that many are."""

    waits: list[Wait]
    middle: int | None

    @property
    def answered(self) -> int:
        """How many were answered."""
        return sum(wait.answered for wait in self.waits)

    @property
    def sentence(self) -> str:
        """Say what that comes to."""
        count, answered = len(self.waits), self.answered
        if not count:
            return "Nothing was sent yet."
        told = f"{answered} of {count} sent {'was' if answered == 1 else 'were'} answered."
        if self.middle is None:
            return f"{told} Too few to say how long half of them take."
        return f"{told} Half of all are answered within {self.middle} day{'s' * (self.middle != 1)} (n = {count})."


def replies(traces: Iterable[Trace], *, on: dt.date) -> Replies:
    """Return the waits until the first answer; one without an answer waits until today, or until it was closed."""
    waits = sorted(
        (_wait(trace, on) for trace in traces if trace.applied_on), key=lambda one: (one.days, not one.answered)
    )
    return Replies(waits, median(waits))


def median(waits: Sequence[Wait]) -> int | None:
    """Return the first day by which at most half still wait (Kaplan and Meier's estimate); None when none is known."""
    waiting, left = len(waits), 1.0
    for days in sorted({wait.days for wait in waits}):
        here = [wait for wait in waits if wait.days == days]
        left *= 1 - sum(wait.answered for wait in here) / waiting
        if left <= 0.5 + _ROUNDING:
            return days
        waiting -= len(here)
    return None


_ROUNDING = 1e-12


def _wait(trace: Trace, on: dt.date) -> Wait:
    sent = trace.applied_on or on
    if trace.replied_on:
        return Wait(max(0, (trace.replied_on - sent).days), answered=True)
    until = trace.stage_since if trace.is_ended and trace.stage_since else on
    return Wait(max(0, (until - sent).days), answered=False)
