"""Takes postings of an imported file into the shared list: all or nothing, and a second time nothing new."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import batched

from django.conf import settings

from companies.actions.bulk import insert_postings, update_postings
from companies.actions.companies import company_slugs
from companies.actions.turns import import_transaction
from companies.cells import Problem
from companies.formats import Listing, Reading
from companies.matching import plan
from companies.models import Company
from companies.queries.known import companies_by_key, company_names, known_postings


@dataclass(slots=True)
class Report:
    """What an import did, or in a dry run would do."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[Problem] = field(default_factory=list)
    companies_created: int = 0
    companies_matched: int = 0


def import_listings(
    *,
    reading: Reading,
    company: Company | None = None,
    research_only: bool = False,
    dry_run: bool = False,
    at: dt.datetime,
    progress: Callable[[int], None] = lambda _rows: None,
) -> Report:
    """Create and update postings, and approved companies for names that nobody has; tell `progress` the rows done.

    With `company`, every row is one of its postings, whatever name the row has.
    """
    rows = [row for row in reading.listings if row.is_research or not research_only]
    report = Report(read=reading.read, errors=reading.problems)
    report.skipped = reading.repeated + len(reading.listings) - len(rows)
    with import_transaction(dry_run=dry_run):
        _import(rows, company, report, at=at, progress=progress)
    return report


def _import(
    rows: list[Listing], company: Company | None, report: Report, *, at: dt.datetime, progress: Callable[[int], None]
) -> None:
    decided = plan(rows, known_postings(rows))
    report.unchanged = decided.unchanged
    report.skipped += decided.skipped
    progress(decided.unchanged + decided.skipped)
    companies = _companies(rows, decided.create, report, at) if company is None else {}
    home = company.pk if company else 0
    placed = [(companies.get(row.company_key, home), row) for row in decided.create]
    names = company_names({pk for pk, _row in placed} | {known.company_id for known, _row in decided.update})
    report.created = insert_postings(placed, names, at=at, progress=progress)
    report.skipped += len(placed) - report.created  # somebody added the same link while the import ran
    for changes in batched(decided.update, settings.WAYMARK_IMPORT_BATCH):
        update_postings(changes, names, at=at)
        report.updated += len(changes)
        progress(len(changes))


def _companies(rows: list[Listing], new: list[Listing], report: Report, at: dt.datetime) -> dict[str, int]:
    """Return key -> company for every row; make those that only new postings name."""
    known = companies_by_key({row.company_key for row in rows})
    report.companies_matched = len(set(known.values()))
    missing = {row.company_key: row.company for row in reversed(new) if row.company_key not in known}
    slugs = company_slugs(missing)
    made = Company.objects.bulk_create(
        Company(
            name=name,
            slug=slugs[key],
            match_key=key,
            search_text=name,
            approved_at=at,
            source_note="Named in an imported list of postings",
        )
        for key, name in missing.items()
    )
    report.companies_created = len(made)
    return known | {company.match_key: company.pk for company in made}
