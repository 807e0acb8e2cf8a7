"""Measures the export of 100,000 applications, as CSV with its guard against formulas and as a workbook."""

import datetime as dt
import statistics
import tempfile
from typing import Any

from django.db import connection

from accounts.models import User
from applications.queries.asked import Asked
from applications.queries.export import Chosen, all_of, csv_of, xlsx_of
from bench.measure import PeakOf, timed
from bench.report import Bar
from companies.models import Company

ROWS, RUNS = 100_000, 5
CSV_BAR, XLSX_BAR, GROWTH_MB = 100_000, 15_000, 20

_FILL = """
INSERT INTO applications_application (public_id, student_id, company_id, role, kind, stage, stage_since, outcome, url,
    place, closes_on, zone, next_step, next_step_on, way_in, referrer, on_hold, source, weeks, hours, notes, tags,
    posting_text, closeness, could_become, reasons, version, request_key, created_at, updated_at, closing_reason)
SELECT 'x' || to_char(n, 'FM00000000000'), %(student)s, %(company)s,
    CASE WHEN n %% 10 = 0 THEN '=SUM(A1)' ELSE 'Research Intern, Vision & <Language> ' || n END,
    'internship', 'applied',
    %(on)s, '', 'https://jobs.example.org/roles/' || n, 'Zurich', %(on)s::date + 30, 'Etc/GMT+12', 'Write to the team',
    %(on)s::date + 5, 'none', '', false, 'linkedin', 12, 'full', 'Mine', ARRAY['vision', 'robots'], '', 'close',
    ARRAY[]::varchar[], ARRAY[]::varchar[], 1, gen_random_uuid(), %(at)s, %(at)s, ''
FROM generate_series(1, %(rows)s) n
"""


def export_bars(at: dt.datetime) -> list[Bar]:
    """Write both files some times over, from the question to the last byte."""
    student = User.objects.create_user("exported@bench.example", None, name="Exported")
    company = Company.objects.create(name="Export company", slug="export-company", match_key="exportcompany")
    facts: dict[str, Any] = {"student": student.pk, "company": company.pk, "on": at.date(), "at": at, "rows": ROWS}
    with connection.cursor() as cursor:
        cursor.execute(_FILL, facts)
        cursor.execute("ANALYZE applications_application")
    chosen = all_of(student, Asked(), on=at.date())
    bars = [_bar(kind, chosen, least) for kind, least in (("CSV", CSV_BAR), ("XLSX", XLSX_BAR))]
    with PeakOf() as memory:
        _written("CSV", chosen)
        _written("XLSX", chosen)
    said = f"an export of {ROWS:,} rows holds at most {GROWTH_MB} MB more"
    return [*bars, Bar("P9", said, f"{memory.growth:.0f} MB", memory.growth <= GROWTH_MB)]


def _bar(kind: str, chosen: Chosen, least: int) -> Bar:
    took = statistics.median(timed(lambda: _written(kind, chosen))[0] for _ in range(RUNS))
    rate = ROWS / took
    said = f"export {ROWS:,} applications as {kind} at {least:,} rows/s or more"
    return Bar("P9", said, f"{rate:,.0f} rows/s", rate >= least)


def _written(kind: str, chosen: Chosen) -> None:
    with tempfile.TemporaryFile() as file:
        for piece in (csv_of if kind == "CSV" else xlsx_of)(chosen):
            file.write(piece)
