"""Measures bulk work beside a bare COPY: the import of postings."""

import datetime as dt
import statistics
import tempfile
from pathlib import Path

from django.db import connection

from bench import data
from bench.measure import PeakOf, timed
from bench.report import Bar
from companies.models import Posting

POSTINGS_PER_SECOND = 8_000
GROWTH_MB = 50
RUNS = 5


def import_bars(at: dt.datetime) -> list[Bar]:
    """Import 10,000 postings with the product's own command, twice: new, and without news."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "listings.json"
        data.write_listings(path, 100, at)
        data.import_listings(path)  # loads what the first call loads
        data.write_listings(path, data.POSTINGS, at)
        with PeakOf() as memory:
            runs = [_imported(path) for _ in range(RUNS)]
        seconds = statistics.median(runs)
        again, _ = timed(lambda: data.import_listings(path))
    rate, second, bare = data.POSTINGS / seconds, data.POSTINGS / again, data.POSTINGS / _copied()
    return [
        Bar(
            "P8",
            f"import of {data.POSTINGS:,} postings at {POSTINGS_PER_SECOND:,} rows/s or more",
            f"{rate:,.0f} rows/s; again, without news, {second:,.0f}; a bare COPY of the same rows {bare:,.0f}",
            rate >= POSTINGS_PER_SECOND,
        ),
        Bar(
            "P8",
            f"the import holds at most {GROWTH_MB} MB more",
            f"{memory.growth:.0f} MB",
            memory.growth <= GROWTH_MB,
        ),
    ]


def _imported(path: Path) -> float:
    """Return the seconds of one import into the emptied table: one run alone says little, a third more or less."""
    with connection.cursor() as cursor:
        # where a transaction is open, what it has still to check comes first
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE companies_posting CASCADE; SET CONSTRAINTS ALL DEFERRED"
        )
    return timed(lambda: data.import_listings(path))[0]


def _copied() -> float:
    """Return the seconds in which PostgreSQL alone copies the postings into a table of the same columns and indexes.

    The bar is a number of rows a second, and machines differ: this says how fast the one is that measures.
    """
    columns = ", ".join(f'"{field.column}"' for field in Posting._meta.concrete_fields if not field.generated)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_posting (LIKE companies_posting INCLUDING ALL)")
        with cursor.copy(f"COPY companies_posting ({columns}) TO STDOUT") as copy:
            rows = b"".join(copy)

        def work() -> None:
            with cursor.copy(f"COPY bench_posting ({columns}) FROM STDIN") as copy:
                copy.write(rows)

        seconds, _ = timed(work)
        cursor.execute("DROP TABLE bench_posting")
    return seconds
