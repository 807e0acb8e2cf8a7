"""Writes many postings by one statement.

New ones go by COPY. Where that cannot be, rows travel as one JSON parameter, which PostgreSQL reads as a table.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import batched

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from companies.formats import Listing
from companies.matching import KnownPosting, facts
from companies.naming import search_text
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.ids import new_public_id

type Names = Mapping[int, list[str]]
"""Company -> its name and its other names, which the search text of its postings holds."""

# Columns that come with each row, and those that are the same for all.
_EACH = {
    "public_id": "text",
    "company_id": "bigint",
    "title": "text",
    "url": "text",
    "url_key": "text",
    "origin": "text",
    "origin_id": "text",
    "places": "text[]",
    "terms": "text[]",
    "sponsorship": "text",
    "is_research": "boolean",
    "research_why": "text",
    "is_open": "boolean",
    "is_visible": "boolean",
    "posted_at": "timestamptz",
    "origin_updated_at": "timestamptz",
    "closes_on": "date",
    "search_text": "text",
    "source_note": "text",
}
_ALL = ("is_research_set", "kind", "hours", "zone", "source_url", "created_at", "updated_at")
_CHANGED = (
    "title", "url", "url_key", "places", "terms", "sponsorship", "is_research", "research_why", "is_open", "is_visible",
    "posted_at", "origin_updated_at", "closes_on", "search_text",
)  # fmt: skip

_COPY = f"COPY companies_posting ({', '.join((*_EACH, *_ALL))}) FROM STDIN"
_INSERT = f"""
INSERT INTO companies_posting ({", ".join((*_EACH, *_ALL))})
SELECT {", ".join(f"r.{name}" for name in _EACH)}, {", ".join("%s" for _ in _ALL)}
FROM json_to_recordset(%s) AS r({", ".join(f"{name} {kind}" for name, kind in _EACH.items())})
ON CONFLICT DO NOTHING
"""  # noqa: S608 - made of the names above
_UPDATE = f"""
UPDATE companies_posting AS p SET {", ".join(f"{name} = r.{name}" for name in _CHANGED)}, updated_at = %s,
    link_dead_on = CASE WHEN p.url = r.url THEN p.link_dead_on END
FROM json_to_recordset(%s) AS r(id bigint, {", ".join(f"{name} {_EACH[name]}" for name in _CHANGED)})
WHERE p.id = r.id
"""  # noqa: S608 - made of the names above


def insert_postings(
    rows: Sequence[tuple[int, Listing]], names: Names, *, at: dt.datetime, progress: Callable[[int], None]
) -> int:
    """Insert rows of (company, listing); return how many, without those whose link or id is taken by now."""
    if not rows:
        return 0
    same = (False, "internship", "", ANYWHERE_ON_EARTH, "", at, at)
    with connection.cursor() as cursor:
        try:
            with connection.wrap_database_errors, transaction.atomic():
                for batch in batched(rows, settings.WAYMARK_IMPORT_BATCH):
                    with cursor.copy(_COPY) as copy:
                        for row in batch:
                            copy.write_row((*_cells(*row, names), *same))
                    progress(len(batch))
            return len(rows)
        except IntegrityError:  # somebody added one of them while the import ran; the others are still to be added
            created = 0
            for batch in batched(rows, settings.WAYMARK_IMPORT_BATCH):
                new = [dict(zip(_EACH, _cells(*row, names), strict=True)) for row in batch]
                cursor.execute(_INSERT, [*same, _json(new)])
                created += cursor.rowcount
            return created


def _cells(company: int, row: Listing, names: Names) -> tuple[object, ...]:
    """Return what stands in the columns that each row has for itself, in their order."""
    note = f"Imported from a list of postings{f' ({row.source})' if row.source else ''}"
    return (
        new_public_id(), company, row.title, row.url, row.url_key, row.origin, row.origin_id, _array(row.places),
        _array(row.terms), row.sponsorship, row.is_research, row.research_why, row.is_open, row.is_visible,
        row.posted_at, row.updated_at, row.closes_on, _search_text(row, names[company]), note,
    )  # fmt: skip


def update_postings(rows: Iterable[tuple[KnownPosting, Listing]], names: Names, *, at: dt.datetime) -> None:
    """Set what the listings say on the postings they matched."""
    changed: list[dict[str, object]] = [
        {"id": known.pk, **facts(row, known), "search_text": _search_text(row, names[known.company_id])}
        for known, row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [at, _json(changed)])


def _search_text(row: Listing, names: list[str]) -> str:
    return search_text(row.title, names, row.places, row.terms)


def _array(texts: list[str]) -> str:
    """Write a list as PostgreSQL reads one, in COPY and in JSON: psycopg would ask each list of what type it is."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def _json(rows: list[dict[str, object]]) -> str:
    return json.dumps(rows, default=lambda day: day.isoformat(), ensure_ascii=False)
