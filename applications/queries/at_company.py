"""A student's own applications at one company, and what of it is close to their research, for the company's page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.models import User
from applications.models import MINE, Application
from applications.queries.sql import fetch
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
    """What a student has to do with a company; `more` are the rows of other apps, each with its kind."""

    applications: list[Own]
    words: dict[int, str]
    more: list[tuple[str, Any]] = field(default_factory=list)


_APPLICATIONS = f"""
    (SELECT 'application', json_build_array(a.role, a.public_id, a.stage, a.outcome, coalesce(s.name, ''))::text
    FROM applications_application a LEFT JOIN companies_season s ON s.id = a.season_id
    WHERE {MINE} AND a.company_id = %(company)s AND (%(posting)s::bigint IS NULL OR a.posting_id = %(posting)s)
    ORDER BY a.id DESC LIMIT %(most)s)"""  # noqa: S608 - constants
_WORDS = """
    SELECT 'words', json_build_array(k.team_id, k.words)::text
    FROM applications_closeness k JOIN companies_team t ON t.id = k.team_id
    WHERE k.student_id = %(me)s AND t.company_id = %(company)s"""


def own_at(user: User, company: Company, *, posting: Posting | None = None, more: Sequence[str] = ()) -> AtCompany:
    """Return a student's applications at a company, or to one of its postings, the newest first: one query.

    more: what else to read in it, as SQL for (kind, JSON text) of `me` and `company`.
    """
    own = [_APPLICATIONS, *([_WORDS] if posting is None else [])] if user.is_student else []
    known = {"me": user.pk, "company": company.pk, "posting": posting.pk if posting else None, "most": _MOST}
    statement = " UNION ALL ".join([*own, *more])
    rows = [(kind, json.loads(row)) for kind, row in fetch(statement, known)] if statement else []
    return AtCompany(
        [_own(row, company) for kind, row in rows if kind == "application"],
        {row[0]: ", ".join(row[1]) for kind, row in rows if kind == "words"},
        [(kind, row) for kind, row in rows if kind not in {"application", "words"}],
    )


def _own(row: list[str], company: Company) -> Own:
    role, public_id, stage, outcome, season = row
    one = Application(company=company, role=role, stage=stage, outcome=outcome)
    return Own(one.title, reverse("applications:detail", args=[public_id]), one.look, season)
