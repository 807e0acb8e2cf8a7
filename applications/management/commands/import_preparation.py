"""manage.py import_preparation: takes a file of preparation sets into the list that curators keep."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from applications.actions.prep_sets import Report, import_sets, read_sets
from companies.cells import UnreadableFileError, document
from companies.console import HelpFormatter, read_file
from tracker.lib.errors import DomainError

OURS = Path(settings.BASE_DIR) / "applications" / "data" / "preparation.json"
EXAMPLES = """examples:
  manage.py import_preparation
  manage.py import_preparation sets.json --dry-run
  manage.py import_preparation sets.json --json

A file is taken whole or not at all. A second run with the same file changes nothing; sets that a curator has changed
at /manage/ are left as they are, and so are the plans that students made of them.
"""


class Command(BaseCommand):
    """Reads, checks and writes all of a file in one transaction."""

    help = "Import what students prepare for each kind of interview round."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file."""
        parser.formatter_class = HelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument(
            "file", metavar="FILE", nargs="?", default=str(OURS), help="the file to import; ours if left out"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - what argparse read
        """Import the file and say what was done."""
        try:
            entries = read_sets(document(read_file(options["file"])))
            report = import_sets(entries=entries, dry_run=options["dry_run"])
        except UnreadableFileError as error:
            raise CommandError(f"{options['file']} was not imported. {error}") from None
        except DomainError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(json.dumps(asdict(report)) if options["json"] else _told(report, dry_run=options["dry_run"]))


def _told(report: Report, *, dry_run: bool) -> str:
    done = f"{report.created:,} created, {report.updated:,} updated, {report.unchanged:,} unchanged"
    kept = f", {report.kept:,} left as a curator keeps them" if report.kept else ""
    lines = ["Dry run: nothing was written. This would happen:"] if dry_run else []
    return "\n".join([*lines, f"Read {report.read:,} sets: {done}{kept}."])
