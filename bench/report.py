"""Turns runs into medians and ratios, holds them against the bars of the design, and prints both."""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measure import Cost

CPU_BAR = 3.0
P95_BAR = 4.0
MOST_QUERIES = 8
LARGE = " of 1,000"
LARGE_BAR = 1.5
_FIELDS = (
    "web", "database", "cpu", "p50_alone", "p95_alone", "p50_together", "p95_together", "per_second", "errors",
)  # fmt: skip

PEERS = {"JobOps, data only": 4.9 / 200, "a Django tracker": 65 / 200, "healthchecks": 89 / 200, "JobSync": 16.0 / 25}
"""Milliseconds of processor time per row shown by the main lists of others, measured before the design."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its two addresses, how many rows it shows, its queries and bytes on either side."""

    name: str
    path: str
    floor: str
    rows: int
    queries: int
    floor_queries: int
    bytes: int
    floor_bytes: int


@dataclass(slots=True)
class Result:
    """A page with its paired runs, each (floor, product)."""

    page: Page
    pairs: list[tuple[Cost, Cost]] = field(default_factory=list)

    def floor(self, name: str) -> float:
        """Return the median of one figure of the floor."""
        return float(statistics.median(getattr(floor, name) for floor, _ in self.pairs))

    def product(self, name: str) -> float:
        """Return the median of one figure of the product."""
        return float(statistics.median(getattr(product, name) for _, product in self.pairs))

    def ratio(self, name: str) -> float:
        """Return the median over the pairs of product to floor."""
        return float(statistics.median(getattr(product, name) / getattr(floor, name) for floor, product in self.pairs))

    @property
    def errors(self) -> int:
        """Answers other than 200, of all runs."""
        return sum(floor.errors + product.errors for floor, product in self.pairs)


@dataclass(frozen=True, slots=True)
class Bar:
    """One promise of the design and what was measured."""

    key: str
    promise: str
    measured: str
    holds: bool


def bars_of(result: Result) -> list[Bar]:
    """Return the bars that every page has."""
    name = result.page.name
    cpu, p95 = result.ratio("cpu"), result.ratio("p95_together")
    queries = result.page.queries
    return [
        Bar("P1", f"{name}: processor time at most {CPU_BAR:g} x its floor", f"{cpu:.2f} x", cpu <= CPU_BAR),
        Bar(
            "P2",
            f"{name}: p95 with 8 clients at most {P95_BAR:g} x the floor's, no error",
            f"{p95:.2f} x, {result.errors} errors",
            p95 <= P95_BAR and not result.errors,
        ),
        Bar("P7", f"{name}: at most {MOST_QUERIES} queries", str(queries), queries <= MOST_QUERIES),
    ]


def large_bars(results: Sequence[Result]) -> list[Bar]:
    """Return the bars of one student with 1,000 applications: each such page beside the one with 60, run by run."""
    known = {result.page.name: result for result in results}
    bars = []
    for name, large in known.items():
        usual = known.get(name.removesuffix(LARGE))
        if usual is None or usual is large:
            continue
        pairs = zip(usual.pairs, large.pairs, strict=True)
        ratio = statistics.median(more.cpu / less.cpu for (_, less), (_, more) in pairs)
        promise = f"{name}: processor time at most {LARGE_BAR:g} x that of {usual.page.name}"
        bars.append(Bar("P4", promise, f"{ratio:.2f} x", ratio <= LARGE_BAR))
    return bars


def show(results: Sequence[Result], bars: Sequence[Bar], console: Console) -> None:
    """Print a row per page and side, then each bar."""
    table = Table(title="Milliseconds per request; medians of paired runs", title_justify="left")
    for heading in ("page", "", "web", "db", "cpu", "x", "p50/1", "p95/1", "p50/8", "p95/8", "req/s", "queries", "kB"):
        table.add_column(heading, justify="left" if heading in {"page", ""} else "right")
    for result in results:
        page = result.page
        table.add_row(
            page.name, "floor", *_figures(result.floor), str(page.floor_queries), _kilobytes(page.floor_bytes)
        )
        ratio = f"{result.ratio('cpu'):.2f}"
        table.add_row(
            "", "product", *_figures(result.product, ratio), str(page.queries), _kilobytes(page.bytes), end_section=True
        )
    console.print(table)
    others = ", ".join(f"{name} {figure:.2f}" for name, figure in PEERS.items())
    console.print(f"Per row shown, others need: {others} ms.", highlight=False)
    for result in results:
        if result.page.rows:
            console.print(f"  {result.page.name}: {result.product('cpu') / result.page.rows:.2f} ms", highlight=False)
    for bar in bars:
        console.print(
            f"{bar.key:4} {'holds         ' if bar.holds else 'does not hold '} {bar.promise}: {bar.measured}"
        )


def write(path: Path, results: Sequence[Result], bars: Sequence[Bar], **more: object) -> None:
    """Write everything measured as JSON."""
    pages = [
        {
            **asdict(result.page),
            "product": {name: result.product(name) for name in _FIELDS},
            "floor": {name: result.floor(name) for name in _FIELDS},
            "ratio": {name: result.ratio(name) for name in ("cpu", "p50_alone", "p95_together")},
            "runs": [{"floor": asdict(floor), "product": asdict(product)} for floor, product in result.pairs],
        }
        for result in results
    ]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"pages": pages, "bars": [asdict(bar) for bar in bars], **more}, indent=1))


def _figures(figure: Callable[[str], float], ratio: str = "") -> list[str]:
    names = ("web", "database", "cpu", "p50_alone", "p95_alone", "p50_together", "p95_together")
    times = [f"{figure(name):.1f}" for name in names]
    times.insert(3, ratio)
    return [*times, f"{figure('per_second'):.0f}"]


def _kilobytes(number: int) -> str:
    return f"{number / 1024:.0f}"
