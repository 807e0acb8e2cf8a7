"""Writes many postings by one statement: rows travel as one JSON parameter, which PostgreSQL reads as a table."""

import datetime as dt
import json
from collections.abc import Iterable

from django.db import connection

from companies.formats import Listing
from companies.matching import KnownPosting, facts
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.ids import new_public_id

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

_INSERT = f"""
INSERT INTO companies_posting ({", ".join((*_EACH, *_ALL))})
SELECT {", ".join(f"r.{name}" for name in _EACH)}, {", ".join("%s" for _ in _ALL)}
FROM json_to_recordset(%s) AS r({", ".join(f"{name} {kind}" for name, kind in _EACH.items())})
ON CONFLICT DO NOTHING
"""  # noqa: S608 - made of the names above
_UPDATE = f"""
UPDATE companies_posting AS p SET {", ".join(f"{name} = r.{name}" for name in _CHANGED)}, updated_at = %s
FROM json_to_recordset(%s) AS r(id bigint, {", ".join(f"{name} {_EACH[name]}" for name in _CHANGED)})
WHERE p.id = r.id
"""  # noqa: S608 - made of the names above


def insert_postings(rows: Iterable[tuple[int, Listing, str]], at: dt.datetime) -> int:
    """Insert rows of (company, listing, search text); return how many, without those whose link or id is taken."""
    same = (False, "internship", "", ANYWHERE_ON_EARTH, "", at, at)
    new: list[dict[str, object]] = [
        {
            "public_id": new_public_id(),
            "company_id": company,
            "title": row.title,
            "url": row.url,
            "url_key": row.url_key,
            "origin": row.origin,
            "origin_id": row.origin_id,
            "places": row.places,
            "terms": row.terms,
            "sponsorship": row.sponsorship,
            "is_research": row.is_research,
            "research_why": row.research_why,
            "is_open": row.is_open,
            "is_visible": row.is_visible,
            "posted_at": row.posted_at,
            "origin_updated_at": row.updated_at,
            "closes_on": row.closes_on,
            "search_text": text,
            "source_note": f"Imported from a list of postings{f' ({row.source})' if row.source else ''}",
        }
        for company, row, text in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*same, _json(new)])
        return int(cursor.rowcount)


def update_postings(rows: Iterable[tuple[KnownPosting, Listing, str]], at: dt.datetime) -> None:
    """Set what the listings say on the postings they matched."""
    changed: list[dict[str, object]] = [
        {"id": known.pk, **facts(row, known), "search_text": text} for known, row, text in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [at, _json(changed)])


def _json(rows: list[dict[str, object]]) -> str:
    return json.dumps(rows, default=lambda day: day.isoformat(), ensure_ascii=False)
