"""One session of measuring: fill the database, serve product and floor, visit each page in turn."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.management import call_command
from rich.console import Console

from bench import bulk, data
from bench.dashboards import dashboard_bars
from bench.exported import export_bars
from bench.imported import spreadsheet_bars
from bench.listed import list_bars
from bench.measure import Target, cost_of, peak_memory, warm
from bench.pages import Plan, counted, cut_shells, plans
from bench.people import people_bars
from bench.reminders import reminder_bars
from bench.report import LARGE, Bar, Page, Result, bars_of, large_bars
from bench.servers import web
from tracker.lib import clock
from tracker.stack import Postgres

MEMORY_BAR = 160


def measured(
    postgres: Postgres, *, runs: int, names: Sequence[str], console: Console
) -> tuple[list[Result], list[Bar]]:
    """Return what each page cost, and which bars hold."""
    console.print("Filling the database", highlight=False)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    at = clock.now()
    bars = bulk.import_bars(at)
    readers = data.make(at)
    known = plans(readers)
    wanted = [plan for plan in known if not names or plan.name in names]
    with tempfile.TemporaryDirectory() as folder, web(postgres, "tracker.settings") as product:
        shells = Path(folder) / "shells.json"
        cut_shells(known, shells)
        os.environ["BENCH_SHELLS"] = str(shells)
        with web(postgres, "bench.floor_settings") as floor:
            results = []
            for group in _groups(wanted):
                console.print(f"Measuring {' and '.join(plan.name for plan in group)}", highlight=False)
                results += _results(group, floor, product, runs)
        memory = peak_memory(product.web)
    bars = [*(bar for result in results for bar in bars_of(result)), *large_bars(results), *bars]
    bars.append(Bar("P12", f"the web process needs at most {MEMORY_BAR} MB", f"{memory:.0f} MB", memory <= MEMORY_BAR))
    bars += [*dashboard_bars(at), *people_bars(at), *list_bars(at), *reminder_bars(runs)]
    # Last, for they leave hundreds of thousands of applications behind.
    return results, [*bars, *spreadsheet_bars(at), *export_bars(at)]


def measured_part(name: str, *, runs: int) -> tuple[list[Result], list[Bar]]:
    """Return which bars of one part hold, measured beside no other data, and no pages."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    at = clock.now()
    parts: dict[str, Callable[[], list[Bar]]] = {
        "reminders": lambda: reminder_bars(runs),
        "list": lambda: [*bulk.import_bars(at), *list_bars(at)],
        "dashboards": lambda: dashboard_bars(at),
        "people": lambda: people_bars(at),
        "import": lambda: spreadsheet_bars(at),
        "export": lambda: export_bars(at),
    }
    return [], parts[name]()


def _groups(plans: Sequence[Plan]) -> list[list[Plan]]:
    """Put a page and the same page of the student with 1,000 applications together: they are compared."""
    groups: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        groups[plan.name.removesuffix(LARGE)].append(plan)
    return list(groups.values())


def _results(group: Sequence[Plan], floor: Target, product: Target, runs: int) -> list[Result]:
    """Measure pages in turns, so that all of them and their floors have the same weather."""
    results = [Result(_page(plan, floor, product)) for plan in group]
    for number in range(runs):
        for plan, result in zip(group, results, strict=True):
            order = [(floor, plan.floor), (product, plan.path)]
            costs = {path: cost_of(target, path, plan.cookie) for target, path in order[:: 1 if number % 2 else -1]}
            result.pairs.append((costs[plan.floor], costs[plan.path]))
    return results


def _page(plan: Plan, floor: Target, product: Target) -> Page:
    return Page(
        name=plan.name,
        path=plan.path,
        floor=plan.floor,
        rows=plan.rows,
        queries=counted(plan, plan.path),
        floor_queries=counted(plan, plan.floor, urls="bench.urls"),
        floor_bytes=warm(floor, plan.floor, plan.cookie),
        bytes=warm(product, plan.path, plan.cookie),
    )
