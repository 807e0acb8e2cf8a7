"""`python -m bench`: measures the pages beside their floor and says which bars hold; writes var/bench.json."""

import argparse
import os
import platform
import sys

import django
from rich.console import Console

from bench.report import show, write
from bench.servers import ROOT, data_servers

RUNS = 5


_PARTS = {
    "reminders": "planning and sending reminders",
    "list": "importing, searching and ordering the shared list",
    "dashboards": "a coordinator's page",
    "people": "the pages of a student with 2,000 people",
    "import": "importing a student's spreadsheet",
    "export": "exporting a student's table",
}


def main() -> None:
    """Read the arguments, measure, print and write."""
    options = _options()
    console = Console(width=None if sys.stdout.isatty() else 150)
    with data_servers() as postgres:
        django.setup()
        from bench import session  # noqa: PLC0415 - it needs settings, which need servers

        if options.part:
            results, bars = session.measured_part(options.part, runs=options.runs)
        else:
            results, bars = session.measured(postgres, runs=options.runs, names=options.page, console=console)
    show(results, bars, console)
    write(ROOT / "var" / "bench.json", results, bars, machine=platform.platform(), cores=os.cpu_count())
    console.print("Written to var/bench.json.", highlight=False)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"paired runs of each page ({RUNS})")
    parser.add_argument("--page", action="append", default=[], metavar="NAME", help="only this page; may be repeated")
    for name, what in _PARTS.items():
        parser.add_argument(f"--{name}", action="store_const", const=name, dest="part", help=f"only {what}")
    options = parser.parse_args()
    if not sys.platform.startswith("linux"):
        sys.exit("The benchmarks count processor time as Linux does. Run them there.")
    if options.runs < 1:
        parser.error("--runs must be 1 or more.")
    return options


if __name__ == "__main__":
    main()
