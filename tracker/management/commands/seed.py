"""`manage.py seed`: deterministic bulk data for benchmarks."""

import argparse
import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.seed_data.planting import measure, plant

_MOST = 10_000_000
_EXAMPLES = """examples:
  manage.py seed --students 200 --applications 10000
  manage.py seed --students 1 --applications 1000 --seed 7
"""


class Command(BaseCommand):
    """Makes students with applications; the same arguments on the same day make the same rows."""

    help = "Make deterministic bulk data: students who cannot sign in, with applications, events and rounds."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the numbers; argparse refuses what is none with a sentence and exit 2."""
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("--students", type=_positive, required=True, metavar="N", help="how many, 1 or more")
        parser.add_argument("--applications", type=_count, required=True, metavar="M", help="how many in all")
        parser.add_argument("--seed", type=_count, default=1, metavar="K", help="another number makes other rows (1)")

    def handle(self, *, students: int, applications: int, seed: int, **_: object) -> None:
        """Plant, and say how many rows there are and how long it took."""
        began = time.perf_counter()
        try:
            made = plant(students=students, applications=applications, seed=seed, at=clock.now())
        except DomainError as error:
            raise CommandError(error.sentence) from None
        measure()
        self.stdout.write(
            f"Made {made.students:,} students, {made.companies:,} companies, {made.applications:,} applications, "
            f"{made.events:,} events and {made.rounds:,} rounds in {time.perf_counter() - began:.1f} s."
        )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _MOST:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number from 0 to {_MOST:,}.")
    return int(text)


def _positive(text: str) -> int:
    number = _count(text)
    if not number:
        raise argparse.ArgumentTypeError("0 is too few: there must be at least one student.")
    return number
