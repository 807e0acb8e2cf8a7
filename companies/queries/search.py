"""Finds companies, teams, programmes and postings by the beginnings of words, as somebody types."""

import re
from difflib import get_close_matches
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Length
from django.urls import reverse

from accounts.models import User
from companies.models import SEEN, Alias, Company
from companies.naming import match_key
from companies.queries.pages import Hit

_WORD = re.compile(r"\w+")
_MOST_WORDS, _CLOSE, _NAMES = 8, 0.8, 1_000
_KEPT, _SLIPS = 3, 2
_LATELY = 1_000


def beginnings(text: str) -> str:
    """Read what is typed as words of which the beginning is known, as to_tsquery reads them; nothing without a word."""
    return " & ".join(f"{word}:*" for word in _WORD.findall(text)[:_MOST_WORDS])


def companies_like(user: User, text: str, most: int) -> list[Hit]:
    """Return companies that are called so, then those that work on it or are elsewhere described so."""
    key, asked = match_key(text), beginnings(text)
    if not key or not asked:
        return []
    words = SearchQuery(asked, config="english", search_type="raw")
    others = Q(pk__in=Alias.objects.filter(match_key__startswith=key).values("company_id"))
    named = Q(match_key__startswith=key) | others
    found = Company.objects.visible_to(user).filter(named | Q(search=words))
    order = Case(When(match_key=key, then=Value(0)), When(named, then=Value(1)), default=Value(2))
    rows = found.order_by(order, "match_key", "pk").values_list("name", "slug", "city", "country", "topics")[:most]
    return [
        Hit(
            name,
            reverse("companies:detail", args=[slug]),
            " · ".join(filter(None, (city, country, ", ".join(topics[:3])))),
        )
        for name, slug, city, country, topics in rows
    ]


def company_meant(user: User, text: str) -> Hit | None:
    """Return the company whose name is closest to a misspelt one; None when none is close."""
    key = match_key(text)
    # A slip leaves the beginning or the end of a name as it is; comparing with all of them would take too long.
    near = Q(match_key__startswith=key[:_KEPT]) | Q(match_key__endswith=key[-_KEPT:])
    found = Company.objects.visible_to(user).filter(near).annotate(letters=Length("match_key"))
    found = found.filter(letters__gte=len(key) - _SLIPS, letters__lte=len(key) + _SLIPS).order_by("match_key", "pk")
    known = {of: (name, slug) for of, name, slug in found.values_list("match_key", "name", "slug")[:_NAMES]}
    for close in get_close_matches(key, known, n=1, cutoff=_CLOSE):
        name, slug = known[close]
        return Hit(name, reverse("companies:detail", args=[slug]), "")
    return None


_PART = """
    (SELECT '{part}', r.{name}, {key}, c.name, c.slug
    FROM companies_{part} r JOIN companies_company c ON c.id = r.company_id
    WHERE {seen} AND concat_ws(' ', {places}) ILIKE ALL(%(like)s) ORDER BY r.{name}, r.id LIMIT %(most)s)"""
_TOPICS, _AUTHORS = "array_to_string(r.topics, ' ')", "array_to_string(r.authors, ' ')"
_PARTS = " UNION ALL ".join(
    _PART.format(part=part, name=name, key=key, places=", ".join(places), seen=SEEN)
    for part, name, key, places in (
        ("team", "name", "r.slug", ("r.name", "c.name", _TOPICS)),
        ("programme", "name", "''", ("r.name", "c.name")),
        ("paper", "title", "''", ("r.title", _AUTHORS, "r.venue")),
    )
)
"""Each word stands somewhere; no word holds a space, so none reaches from one place into the next."""


def parts_like(user: User, text: str, most: int) -> dict[str, list[Hit]]:
    """Return what fits of the companies that this person sees, by "team", "programme" and "paper": one query."""
    like = [f"%{word.replace('_', '\\_')}%" for word in _WORD.findall(text)[:_MOST_WORDS]]
    hits: dict[str, list[Hit]] = {"team": [], "programme": [], "paper": []}
    if not like:
        return hits
    for kind, name, key, company, at in sorted(_fetch(_PARTS, user, like=like, most=most)):
        if kind == "team":
            address = reverse("companies:team", args=[at, key])
        else:
            address = f"{reverse('companies:detail', args=[at])}#{kind}s"
        hits[kind].append(Hit(name, address, company))
    return hits


def postings_like(user: User, text: str, most: int) -> list[Hit]:
    """Return open postings, the newest first: a common word is among the newest of all, and only a rare one looked up.

    The database cannot know which it is: of beginnings of words it keeps no numbers. By the order alone it would go
    through all of them for a word that is nowhere, and by the word alone sort nearly all for one that is everywhere.
    """
    asked = beginnings(text)
    if not asked:
        return []
    rows = _fetch(_AMONG_NEWEST, user, asked=asked, most=most, lately=_LATELY)
    if len(rows) < most:
        rows = _fetch(_BY_WORD, user, asked=asked, most=most)
    return [
        Hit(title, reverse("companies:posting", args=[public_id]), " · ".join((company, *places[:2])))
        for title, public_id, company, places in rows
    ]


_POSTINGS = f"""
    SELECT p.title, p.public_id, c.name, p.places
    FROM companies_posting p JOIN companies_company c ON c.id = p.company_id
    WHERE p.is_open AND (%(all)s OR p.is_visible) AND {SEEN} AND {{which}}
    ORDER BY p.listed_at DESC, p.id DESC LIMIT %(most)s
"""  # noqa: S608 - constants
# strip() changes nothing here, but that the database goes by the order and not by the word
_AMONG_NEWEST = _POSTINGS.format(
    which="""strip(p.search) @@ to_tsquery('english', %(asked)s) AND p.listed_at >= (
        SELECT n.listed_at FROM companies_posting n WHERE n.is_open AND n.is_visible
        ORDER BY n.listed_at DESC, n.id DESC OFFSET %(lately)s LIMIT 1)"""
)
# an array is made before anything else is asked; a subquery would be joined in any order
_BY_WORD = _POSTINGS.format(
    which="""p.id = ANY(ARRAY(
        SELECT w.id FROM companies_posting w WHERE w.search @@ to_tsquery('english', %(asked)s)))"""
)


def _fetch(statement: str, user: User, **facts: str | int | list[str]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement on what this person sees. In SQL: to build these takes longer than to run them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"me": user.pk, "all": user.is_curator, **facts})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
