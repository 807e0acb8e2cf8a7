"""`manage.py retain`: let go what was kept long enough, now."""

import json

from django.core.management.base import BaseCommand, CommandParser

from owndata.actions.retaining import retain
from tracker.lib import clock


class Command(BaseCommand):
    """Does what beat asks of a worker each hour, and says how much there was of each."""

    help = "Delete what was kept long enough: each rule of docs/privacy.md. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the only choice."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the counts as one JSON object")

    def handle(self, *, as_json: bool, **_: object) -> None:
        """Run every rule and say what it did."""
        gone = retain(at=clock.now())
        self.stdout.write(
            json.dumps(gone) if as_json else "\n".join(f"{count:>8,}  {what}" for what, count in gone.items())
        )
