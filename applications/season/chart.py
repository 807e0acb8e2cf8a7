"""The weekly bars of the window: numbers for an SVG, and the same as words. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from applications.season import weeks
from tracker.lib.dates import MONTHS

WIDTH, HEIGHT = 320.0, 51.0
TOP = 4.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: how many were sent, and where its bar stands."""

    number: int
    sent: int
    x: str
    y: str
    height: str
    width: str
    css: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """The chart."""

    bars: list[Bar]
    months: list[tuple[str, str]]
    words: str
    sent: int


def weekly(opens_on: dt.date, closes_on: dt.date, sent: Iterable[dt.date], on: dt.date) -> Weeks:
    """Draw a bar for each week of the window; days outside it are left out."""
    counts = Counter(weeks.number(opens_on, closes_on, day) for day in sent if opens_on <= day <= closes_on)
    total, this = weeks.count(opens_on, closes_on), weeks.number(opens_on, closes_on, on)
    step, most = WIDTH / total, max(3, *counts.values()) if counts else 3
    bars = [
        Bar(
            number=n,
            sent=counts[n],
            x=f"{2 + step * (n - 1):.1f}",
            y=f"{TOP + HEIGHT * (1 - counts[n] / most):.1f}",
            height=f"{HEIGHT * counts[n] / most:.1f}",
            width=f"{step * 0.7:.1f}",
            css="now" if n == this else "b",
        )
        for n in range(1, total + 1)
    ]
    past = [str(counts[n]) for n in range(1, min(this, total) + 1)]
    words = f"Applications sent per week. Weeks 1 to {len(past)}: {', '.join(past)}." if past else "Not open yet."
    return Weeks(bars, _months(opens_on, closes_on, step), words, counts.total())


def _months(opens_on: dt.date, closes_on: dt.date, step: float) -> list[tuple[str, str]]:
    """Place each month's name at the week in which it begins."""
    found: list[tuple[str, str]] = []
    day = opens_on
    while day <= closes_on and len(found) < 12:  # noqa: PLR2004 - no window is longer than a year
        n = weeks.number(opens_on, closes_on, day)
        found.append((f"{2 + step * (n - 1):.1f}", MONTHS[day.month - 1][:3]))
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return found
