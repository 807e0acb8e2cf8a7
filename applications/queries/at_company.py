"""A student's own applications at one company, and what of it is close to their research, for the company's page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.models import User
from applications.models import Application, Closeness
from applications.stage import Look
from companies.models import Company, Posting

_MOST = 20


@dataclass(frozen=True, slots=True)
class Own:
    """One application: its role, where it stands, and for which season."""

    title: str
    url: str
    look: Look
    season: str


@dataclass(frozen=True, slots=True)
class AtCompany:
    """What a student has to do with a company."""

    applications: list[Own]
    words: dict[int, str]


def own_at(user: User, company: Company, *, posting: Posting | None = None) -> AtCompany:
    """Return a student's applications at a company, or to one of its postings, the newest first: one query."""
    if not user.is_student:
        return AtCompany([], {})
    own = Application.objects.visible_to(user).filter(company=company)
    if posting is not None:
        own = own.filter(posting=posting)
    facts = JSONObject(role="role", public_id="public_id", stage="stage", outcome="outcome", season="season__name")
    words = Closeness.objects.visible_to(user).filter(team__company=company)
    rows = own.order_by("-pk").values_list(Value("application"), facts)[:_MOST]
    if posting is None:
        rows = rows.union(words.values_list(Value("words"), JSONObject(team="team_id", words="words")), all=True)
    found: dict[str, list[dict[str, Any]]] = {"application": [], "words": []}
    for kind, row in rows:
        found[kind].append(row)
    return AtCompany(
        [_own(row, company) for row in found["application"]],
        {row["team"]: ", ".join(row["words"]) for row in found["words"]},
    )


def _own(row: dict[str, Any], company: Company) -> Own:
    one = Application(company=company, role=row["role"], stage=row["stage"], outcome=row["outcome"])
    return Own(one.title, reverse("applications:detail", args=[row["public_id"]]), one.look, row["season"] or "")
