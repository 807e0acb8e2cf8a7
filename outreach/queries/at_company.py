"""Whom a student knows at a company, for the company's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from outreach.choices import Standing


@dataclass(frozen=True, slots=True)
class Known:
    """One of one's own people: name, page, and how it stands."""

    name: str
    url: str
    standing: str


ROW = """
    (SELECT 'person', json_build_array(c.name, c.public_id, c.standing)::text FROM outreach_contact c
    WHERE c.student_id = %(me)s AND c.company_id = %(company)s ORDER BY lower(c.name), c.id LIMIT %(most)s)"""
"""What is read of it, as (kind, JSON text): the twin of `Contact.visible_to`."""


def known_of(rows: Iterable[tuple[str, Any]]) -> list[Known]:
    """Tell those rows: no query."""
    people = [row for kind, row in rows if kind == "person"]
    return [Known(name, reverse("outreach:person", args=[key]), str(Standing(at).label)) for name, key, at in people]
