"""What a curator chooses when two teams, programmes or postings are one, and which may be."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from companies.models import Company, CompanyQuerySet, PartMerge, Posting, Programme, Team
from companies.naming import match_key
from companies.queries.merging import Choice
from companies.queries.proposals import now_words

ROWS: dict[str, Any] = {"team": Team, "programme": Programme, "posting": Posting}
FIELDS: dict[str, tuple[str, ...]] = {
    "team": ("name", "topics", "place", "url", "source_url", "source_note", "checked_on"),
    "programme": (
        "name", "kind", "hours", "min_weeks", "max_weeks", "places", "url", "notes", "source_url", "source_note",
        "checked_on",
    ),
    "posting": (
        "title", "kind", "places", "terms", "starts_on", "closes_on", "zone", "sponsorship", "is_research", "is_open",
        "is_visible", "source_url", "source_note", "checked_on",
    ),
}  # fmt: skip
"""What is chosen of the two; the link of a posting is its identity and stays."""


@dataclass(frozen=True, slots=True)
class Kind:
    """All rows of one kind that a company has, and those pairs of them that go by one name."""

    subject: str
    label: str
    rows: list[tuple[str, str]]
    pairs: list[tuple[str, str, str]]


def parts_of(company: Company) -> list[Kind]:
    """Return a company's teams, programmes and open postings: three queries."""
    return [
        _kind("team", "Teams", company.teams.order_by("name", "pk")),
        _kind("programme", "Programmes", company.programmes.order_by("name", "pk")),
        _kind("posting", "Open postings", company.postings.open().order_by("title", "pk").defer("search")),
    ]


def _kind(subject: str, label: str, found: Iterable[Any]) -> Kind:
    rows = [(key_of(row), str(row)) for row in found]
    alike: dict[str, list[str]] = defaultdict(list)
    for key, name in rows:
        alike[match_key(name)].append(key)
    names = dict(rows)
    pairs = [(keys[0], other, names[other]) for keys in alike.values() for other in keys[1:]]
    return Kind(subject, label, rows, pairs)


def key_of(row: Team | Programme | Posting) -> str:
    """Return what names a row in addresses."""
    return row.public_id if isinstance(row, Posting) else row.slug


def part(company: Company, subject: str, key: str) -> Any:  # noqa: ANN401 - a row of any of the three
    """Return the row of this key, or None."""
    name = "public_id" if subject == "posting" else "slug"
    return ROWS[subject].objects.filter(company=company, **{name: key}).select_related("company").first()


def part_choices(keeper: Any, taken: Any) -> list[Choice]:  # noqa: ANN401 - two rows of one kind
    """Return the fields that differ; the fuller value of the two is chosen at first."""
    found = []
    for name in FIELDS[keeper._meta.model_name]:
        if getattr(keeper, name) != getattr(taken, name):
            label = str(keeper._meta.get_field(name).verbose_name)
            mine, theirs = now_words(keeper, name), now_words(taken, name)
            found.append(Choice(name, label[:1].upper() + label[1:], mine, theirs, bool(mine) or name == "name"))
    return found


def standing_part_merges(at: dt.datetime) -> Iterable[PartMerge]:
    """Return the newest merges of parts that can still be taken back."""
    rows = PartMerge.objects.filter(undone_at=None, at__gt=at - settings.WAYMARK_MERGE_UNDO)
    return rows.select_related("company", "by").order_by("-at", "-pk")[: settings.WAYMARK_MERGES_SHOWN]


def moved_to(subject: str, address: str, *, of: CompanyQuerySet | None = None) -> str:
    """Return the address of what the row of this address was merged into; empty when it was not.

    Slugs tell rows apart within their company alone: `of` says whose it is.
    """
    merges = PartMerge.objects.filter(subject=subject, address=address, undone_at=None)
    merge = (merges if of is None else merges.filter(company__in=of)).order_by("-pk").first()
    row = ROWS[subject].objects.filter(pk=merge.keeper_key).first() if merge else None
    return key_of(row) if row else ""
