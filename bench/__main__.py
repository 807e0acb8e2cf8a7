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


def main() -> None:
    """Read the arguments, measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"paired runs of each page ({RUNS})")
    parser.add_argument("--page", action="append", default=[], metavar="NAME", help="only this page; may be repeated")
    parser.add_argument("--reminders", action="store_true", help="only planning and sending reminders")
    parser.add_argument("--list", action="store_true", help="only importing, searching and ordering the shared list")
    parser.add_argument("--dashboards", action="store_true", help="only a coordinator's page")
    parser.add_argument("--people", action="store_true", help="only the pages of a student with 2,000 people")
    parser.add_argument("--import", action="store_true", dest="sheets", help="only importing a student's spreadsheet")
    parser.add_argument("--export", action="store_true", help="only exporting a student's table")
    options = parser.parse_args()
    if not sys.platform.startswith("linux"):
        sys.exit("The benchmarks count processor time as Linux does. Run them there.")
    if options.runs < 1:
        parser.error("--runs must be 1 or more.")
    console = Console(width=None if sys.stdout.isatty() else 150)
    with data_servers() as postgres:
        django.setup()
        from bench import session  # noqa: PLC0415 - it needs settings, which need servers

        if options.reminders:
            results, bars = session.measured_reminders(runs=options.runs)
        elif options.list:
            results, bars = session.measured_list()
        elif options.people:
            results, bars = session.measured_people()
        elif options.sheets:
            results, bars = session.measured_import()
        elif options.export:
            results, bars = session.measured_export()
        elif options.dashboards:
            results, bars = session.measured_dashboards()
        else:
            results, bars = session.measured(postgres, runs=options.runs, names=options.page, console=console)
    show(results, bars, console)
    write(ROOT / "var" / "bench.json", results, bars, machine=platform.platform(), cores=os.cpu_count())
    console.print("Written to var/bench.json.", highlight=False)


if __name__ == "__main__":
    main()
