"""manage.py import_postings: takes a file of postings into the shared list."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from companies.actions import import_listings
from companies.cells import UnreadableFileError
from companies.console import HelpFormatter, as_json, as_sentences, progress_bar, read_file
from companies.formats import FORMATS
from companies.models import Company
from tracker.lib import clock
from tracker.lib.errors import DomainError

EXAMPLES = """examples:
  manage.py import_postings listings.json --format listings --dry-run
  manage.py import_postings listings.json --format listings --research-only
  manage.py import_postings waymo.json --format greenhouse --company waymo --json
  manage.py import_postings role.html --format page

A second run with the same file creates nothing. Rows that cannot be taken are listed, the others are imported;
a file that cannot be read as a whole changes nothing and ends with status 1.
"""


def known_format(name: str) -> str:
    """Return the format, or say which ones there are."""
    if name not in FORMATS:
        raise ArgumentTypeError(f"There is no format {name!r}. Use {', '.join(FORMATS)}.")
    return name


class Command(BaseCommand):
    """Reads, matches and writes all of a file in one transaction."""

    help = "Import postings into the shared list; companies are matched by any spelling of their names."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file and how to read it."""
        parser.formatter_class = HelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("file", metavar="FILE", help="the file to import")
        parser.add_argument(
            "--format", required=True, type=known_format, help=f"how the file is written: {', '.join(FORMATS)}"
        )
        parser.add_argument("--company", metavar="SLUG", help="all rows are postings of this company")
        parser.add_argument("--research-only", action="store_true", help="skip roles that are no research or PhD roles")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - what argparse read
        """Import the file and say what was done."""
        company = _company(options["company"])
        quiet = options["json"]
        try:
            reading = FORMATS[options["format"]].read(
                read_file(options["file"]), most=settings.WAYMARK_IMPORT_ROWS, company=company.name if company else ""
            )
            with progress_bar("Importing postings", len(reading.listings), quiet=quiet) as progress:
                report = import_listings(
                    reading=reading,
                    company=company,
                    research_only=options["research_only"],
                    dry_run=options["dry_run"],
                    at=clock.now(),
                    progress=progress,
                )
        except UnreadableFileError as error:
            raise CommandError(f"{options['file']} was not imported. {error}") from None
        except DomainError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(as_json(report) if quiet else as_sentences(report, "rows", dry_run=options["dry_run"]))


def _company(slug: str | None) -> Company | None:
    if slug is None:
        return None
    company = Company.objects.approved().filter(slug=slug).first()
    if company is None:
        raise CommandError(f"There is no company {slug!r}. Its slug stands in the address of its page.", returncode=2)
    return company
