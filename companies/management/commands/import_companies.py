"""manage.py import_companies: takes a file of companies and programmes into the shared list."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from companies.actions import import_roster
from companies.cells import UnreadableFileError, document
from companies.console import HelpFormatter, as_json, as_sentences, progress_bar, read_file
from companies.roster import read_roster
from tracker.lib import clock
from tracker.lib.errors import DomainError

EXAMPLES = """examples:
  manage.py import_companies companies/data/companies.json
  manage.py import_companies companies.json --dry-run
  manage.py import_companies companies.json --json

The seasons from last summer's to that of the year after next are made as well, with their default window (1 October
to 31 January). A second run with the same file creates nothing; companies, programmes and cycles that a curator
checked are left as they are.
"""


class Command(BaseCommand):
    """Reads, matches and writes all of a file in one transaction."""

    help = "Import companies and their programmes into the shared list."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file."""
        parser.formatter_class = HelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("file", metavar="FILE", help="the file to import; companies/data/companies.json is ours")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - what argparse read
        """Import the file and say what was done."""
        quiet = options["json"]
        try:
            roster = read_roster(document(read_file(options["file"])), most=settings.WAYMARK_IMPORT_ROWS)
            with progress_bar("Importing companies", len(roster.companies), quiet=quiet) as progress:
                report = import_roster(roster=roster, dry_run=options["dry_run"], at=clock.now(), progress=progress)
        except UnreadableFileError as error:
            raise CommandError(f"{options['file']} was not imported. {error}") from None
        except DomainError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(as_json(report) if quiet else as_sentences(report, "companies", dry_run=options["dry_run"]))
