"""What the two import commands share: reading the file, a progress bar, and saying what was done."""

import json
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, DjangoHelpFormatter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from companies.actions.importing import Report

MOST_PROBLEMS = 20


class HelpFormatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Keeps the line breaks of examples."""


def read_file(name: str) -> bytes:
    """Return the bytes of a file; one that cannot be read ends the command with a sentence and status 1."""
    path, most = Path(name), settings.WAYMARK_IMPORT_BYTES
    try:
        size = path.stat().st_size
        if size > most:
            raise CommandError(f"{name} has {size // 2**20:,} MiB; import at most {most // 2**20:,} MiB at a time.")
        with path.open("rb") as file:
            content = file.read(most + 1)  # a pipe or a device tells no size, and may have no end
        if len(content) > most:
            raise CommandError(f"{name} does not end; import at most {most // 2**20:,} MiB at a time.")
    except OSError as error:
        raise CommandError(f"{name} cannot be opened: {error.strerror}.") from None
    return content


@contextmanager
def progress_bar(label: str, total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far an import is; into a file or with --json nothing."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet or not sys.stderr.isatty()) as bar:
        task = bar.add_task(label, total=total)
        yield lambda rows: bar.advance(task, rows)


def as_json(report: Report) -> str:
    """Return the report as one object on one line."""
    return json.dumps(asdict(report))


def as_sentences(report: Report, noun: str, *, dry_run: bool) -> str:
    """Return the report for people, with the first problems."""
    done = f"{report.created:,} created, {report.updated:,} updated, {report.unchanged:,} unchanged"
    lines = [f"Read {report.read:,} {noun}: {done}, {report.skipped:,} skipped, {len(report.errors):,} not taken."]
    lines.append(f"Companies: {report.companies_created:,} created, {report.companies_matched:,} matched.")
    lines += [f"Row {problem.row}: {problem.message}" for problem in report.errors[:MOST_PROBLEMS]]
    if len(report.errors) > MOST_PROBLEMS:
        lines.append(f"And {len(report.errors) - MOST_PROBLEMS:,} more; --json lists all.")
    if dry_run:
        lines.insert(0, "Dry run: nothing was written. This would happen:")
    return "\n".join(lines)
