"""Funnel, rounds, and what helps: counts, and shares only where there are enough to say one. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from applications.choices import Closeness, Source, WayIn
from applications.insights.traces import RANKS, STEPS, Trace
from applications.stage import LOOKS, Stage

ENOUGH = 10
"""From so many on a share is said."""
_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: how many came so far, how many of them ended there, and which share of the step before that is."""

    label: str
    count: int
    ended: int = 0
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of application: how many were sent, and how many came to an interview."""

    label: str
    sent: int
    interviewed: int

    @property
    def share(self) -> int | None:
        """Which per cent came to an interview, to the nearest ten; None for fewer than ten."""
        return round(10 * self.interviewed / self.sent) * 10 if self.sent >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Kinds of applications side by side, and a sentence on what that says."""

    name: str
    label: str
    groups: list[Group]
    sentence: str


def funnel(traces: Sequence[Trace]) -> list[Step]:
    """Return for each stage how many came there or further, and last how many offers were taken."""
    far = [trace.furthest for trace in traces]
    steps: list[Step] = []
    for stage in STEPS:
        rank = RANKS[stage]
        count = sum(one >= rank for one in far)
        ended = sum(trace.is_ended and trace.furthest == rank for trace in traces)
        before = steps[-1].count if steps else 0
        steps.append(Step("Saved" if rank == 0 else LOOKS[stage].label, count, ended, _share(count, before)))
    taken = sum(trace.is_accepted for trace in traces)
    return [*steps, Step("Accepted", taken, 0, _share(taken, steps[-1].count))]


def rounds(traces: Sequence[Trace]) -> list[Step]:
    """Return how many had a first round, a second one, and so on."""
    most = max((trace.rounds for trace in traces), default=0)
    steps: list[Step] = []
    for number in range(1, most + 1):
        count = sum(trace.rounds >= number for trace in traces)
        ended = sum(trace.is_ended and trace.rounds == number for trace in traces)
        steps.append(Step(f"Round {number}", count, ended, _share(count, steps[-1].count) if steps else None))
    return steps


def helps(traces: Iterable[Trace]) -> list[Comparison]:
    """Compare what was sent by referral, source and how close the work is; what nobody noted is left out."""
    sent = [trace for trace in traces if trace.is_sent]
    return [
        _compare("referral", "Referred or not", sent, lambda one: _REFERRED.get(one.way_in, "")),
        _compare("source", "Where you found it", sent, lambda one: _SOURCES.get(one.source, "")),
        _compare("closeness", "Team's work", sent, lambda one: _WORK.get(one.closeness, "")),
    ]


_REFERRED: dict[str, str] = {WayIn.REFERRED: "Referred", WayIn.NONE: "Not referred", WayIn.ASKED: "Not referred"}
_SOURCES: dict[str, str] = {one.value: str(one.label) for one in Source if one.value}
_WORK: dict[str, str] = {one.value: str(one.label) for one in Closeness if one.value}


def _compare(name: str, label: str, sent: Sequence[Trace], kind: Callable[[Trace], str]) -> Comparison:
    kinds: dict[str, list[bool]] = {}
    for trace in sent:
        if of := kind(trace):
            kinds.setdefault(of, []).append(trace.furthest >= RANKS[Stage.INTERVIEWING])
    groups = [Group(of, len(came), sum(came)) for of, came in kinds.items()]
    groups.sort(key=lambda group: (-group.sent, group.label))
    return Comparison(name, label, groups, _sentence(groups))


def _sentence(groups: Sequence[Group]) -> str:
    """Say which kind came to interviews more often, where the ranges of both leave no doubt; else that none can be."""
    told = [group for group in groups if group.sent]
    if not told:
        return "Nothing is noted about it yet."
    if len(told) == 1:
        return f"All of them are of one kind: {told[0].label}."
    told.sort(key=lambda group: group.interviewed / group.sent)
    low, high = told[0], told[-1]
    if interval(high.interviewed, high.sent)[0] <= interval(low.interviewed, low.sent)[1]:
        return "Too few to tell them apart."
    return f"{high.label}: more of them came to an interview than of those with “{low.label}”."


def interval(count: int, of: int) -> tuple[float, float]:
    """Return where the true share lies in 95 of 100 cases (Wilson's interval for a proportion)."""
    if not of:
        return 0.0, 1.0
    share, square = count / of, _NORMAL**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _NORMAL * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half) if count else 0.0, min(1.0, middle + half) if count < of else 1.0


def _share(count: int, before: int) -> int | None:
    return round(100 * count / before) if before >= ENOUGH else None
