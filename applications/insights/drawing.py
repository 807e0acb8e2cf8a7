"""The pictures of the insights as numbers for SVG. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from applications.insights.figures import Step
from applications.insights.replies import Replies

WIDTH, LINE, RADIUS = 400.0, 13.0, 5.0
_EDGE, _FOOT = 12.0, 26.0
_MOST_HIGH = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of 100 wide: those who went on or are there, and in grey those who ended there."""

    label: str
    count: int
    width: str
    ended_width: str
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One application: filled when it was answered, a ring while it waits."""

    x: str
    y: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """All of them on a line of days; `middle` is where half are answered."""

    dots: list[Dot]
    height: str
    base: str
    ticks: list[tuple[str, int]]
    middle: str


def bars(steps: Sequence[Step]) -> list[Bar]:
    """Draw each step against the first."""
    most = max((step.count for step in steps), default=0) or 1
    return [
        Bar(
            label=step.label,
            count=step.count,
            width=f"{100 * (step.count - step.ended) / most:.1f}",
            ended_width=f"{100 * step.ended / most:.1f}",
            words="" if step.share is None else f"{step.share} %",
        )
        for step in steps
    ]


def dots(found: Replies) -> Dots:
    """Put a dot for each wait over its day, one above the other; above six they move together."""
    last = max((wait.days for wait in found.waits), default=0)
    step = _tick(last)
    end = max(step, -(-last // step) * step)
    piles: Counter[int] = Counter()
    most = max(Counter(wait.days for wait in found.waits).values(), default=1)
    rise = LINE * min(1.0, _MOST_HIGH / most)
    top = RADIUS + rise * (most - 1) + 4
    placed = []
    for wait in found.waits:
        y = top - rise * piles[wait.days]
        piles[wait.days] += 1
        placed.append(Dot(_x(wait.days, end), f"{y:.1f}", wait.answered))
    return Dots(
        dots=placed,
        height=f"{top + _FOOT:.0f}",
        base=f"{top + RADIUS + 3:.1f}",
        ticks=[(_x(day, end), day) for day in range(0, end + 1, step)],
        middle="" if found.middle is None else _x(found.middle, end),
    )


def _tick(last: int) -> int:
    """Return a step of days that makes at most eight of them."""
    return next(step for step in (7, 14, 28, 56, 112, 364, 3_640, 36_400, 3_640_000) if last <= 8 * step)


def _x(day: int, end: int) -> str:
    return f"{_EDGE + (WIDTH - 2 * _EDGE) * day / end:.1f}"
