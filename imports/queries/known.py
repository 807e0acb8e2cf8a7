"""What a plan must know of the student's applications and of the shared list, in queries for whole sets of rows."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import F

from accounts.models import User
from applications.models import Application
from applications.queries.sql import fetch
from applications.queries.window import window_of
from companies.links import BadLinkError, link_key
from companies.models import Company, Posting, Season
from companies.naming import match_key
from companies.queries.known import AnyOf, usable_companies
from imports.models import Import, ImportRow
from imports.planning.names import key_of
from imports.planning.twins import name_key

type Named = tuple[int, str]
"""A company: its key and its name."""

_SEEN = """
    SELECT count(*), coalesce(max(id), 0), coalesce(sum(version), 0), coalesce(extract(epoch FROM max(updated_at)), 0)
    FROM applications_application WHERE student_id = %(me)s
"""
_GONE = """
    SELECT 1 FROM imports_importrow r LEFT JOIN companies_company c ON c.id = r.company_id_found
    LEFT JOIN companies_posting p ON p.id = r.posting_id_found
    WHERE r.file_id = %(file)s AND (
        (r.company_id_found IS NOT NULL AND (c.id IS NULL OR c.merged_into_id IS NOT NULL))
        OR (r.posting_id_found IS NOT NULL AND p.id IS NULL)
    ) LIMIT 1
"""


def fingerprint(student: User) -> str:
    """Return a text that changes with any of the student's applications."""
    return " ".join(str(value) for value in fetch(_SEEN, {"me": student.pk})[0])


def names_what_is_gone(file: Import) -> bool:
    """Say whether the plan names a company that is another one by now, or a posting that is no more."""
    return bool(fetch(_GONE, {"file": file.pk}))


def own_keys(student: User) -> tuple[dict[str, int], dict[str, int]]:
    """Return key of the link -> application, and key of company and role -> application; the latest one counts."""
    links: dict[str, int] = {}
    names: dict[str, int] = {}
    mine = Application.objects.visible_to(student).order_by("pk")
    for pk, url, company, role in mine.values_list("pk", "url", "company_id", "role").iterator():
        names[name_key(company, "", role)] = pk
        if url:
            try:
                links[link_key(url)] = pk
            except BadLinkError:
                continue
    return links, names


def companies_named(student: User, names: Collection[str]) -> dict[str, Named]:
    """Return key of the name -> company that this person means by it."""
    found = usable_companies(student, {match_key(name) for name in names})
    called = dict(Company.objects.filter(AnyOf(F("pk"), set(found.values()))).values_list("pk", "name"))
    return {key: (pk, called[pk]) for key, pk in found.items() if pk in called}


def postings_at(student: User, keys: Collection[str]) -> dict[str, tuple[int, Named]]:
    """Return key of the link -> posting that is there, with its company."""
    rows: Any = Posting.objects.visible_to(student).filter(AnyOf(F("url_key"), keys))
    found = rows.values_list("url_key", "pk", "company_id", "company__name")
    return {key: (pk, (company, name)) for key, pk, company, name in found}


def seasons_by_name() -> dict[str, int]:
    """Return the seasons, by their names as `key_of` reduces them."""
    return {key_of(name): pk for name, pk in Season.objects.values_list("name", "pk")}


def season_now(student: User, on: dt.date) -> int | None:
    """Return the season that an application added on this day is for."""
    window = window_of(student, on)
    return window.season_id if window else None


def choices_made(file: Import) -> dict[int, tuple[dict[str, str], str, tuple[int | None, int | None]]]:
    """Return number -> what a person corrected and chose of a row, and what it looked like then."""
    rows = ImportRow.objects.filter(file=file).exclude(fixed={}, choice=ImportRow.Choice.MINE)
    found = rows.values_list("number", "fixed", "choice", "twin", "twin_row")
    return {number: (fixed, choice, (twin, twin_row)) for number, fixed, choice, twin, twin_row in found}
