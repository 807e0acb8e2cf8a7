"""Measures bulk work beside a bare COPY: the import of postings."""

import datetime as dt
import tempfile
from pathlib import Path

from bench import data
from bench.measure import PeakOf, timed
from bench.report import Bar

POSTINGS_PER_SECOND = 8_000
GROWTH_MB = 50


def import_bars(at: dt.datetime) -> list[Bar]:
    """Import 10,000 postings with the product's own command, twice: new, and without news."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "listings.json"
        data.write_listings(path, 100, at)
        data.import_listings(path)  # loads what the first call loads
        data.write_listings(path, data.POSTINGS, at)
        with PeakOf() as memory:
            seconds, _ = timed(lambda: data.import_listings(path))
        again, _ = timed(lambda: data.import_listings(path))
    rate, second = data.POSTINGS / seconds, data.POSTINGS / again
    return [
        Bar(
            "P8",
            f"import of {data.POSTINGS:,} postings at {POSTINGS_PER_SECOND:,} rows/s or more",
            f"{rate:,.0f} rows/s; again, without news, {second:,.0f} rows/s",
            rate >= POSTINGS_PER_SECOND,
        ),
        Bar(
            "P8",
            f"the import holds at most {GROWTH_MB} MB more",
            f"{memory.growth:.0f} MB",
            memory.growth <= GROWTH_MB,
        ),
    ]
