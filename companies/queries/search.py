"""Finds companies, teams, programmes and postings by the beginnings of words, as somebody types."""

import re
from difflib import get_close_matches

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Q, Value, When
from django.urls import reverse

from accounts.models import User
from companies.models import Alias, Company, Posting, Programme, Team
from companies.naming import match_key
from companies.queries.pages import Hit

_WORD = re.compile(r"\w+")
_MOST_WORDS, _CLOSE, _NAMES = 8, 0.8, 20_000


def beginnings(text: str) -> SearchQuery | None:
    """Read what is typed as words of which the beginning is known; None when there is no word."""
    found = _WORD.findall(text)[:_MOST_WORDS]
    if not found:
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in found), config="english", search_type="raw")


def companies_like(user: User, text: str, most: int) -> list[Hit]:
    """Return companies that are called so, then those that work on it or are elsewhere described so."""
    key, asked = match_key(text), beginnings(text)
    if not key or asked is None:
        return []
    others = Q(pk__in=Alias.objects.filter(match_key__startswith=key).values("company_id"))
    named = Q(match_key__startswith=key) | others
    found = Company.objects.visible_to(user).filter(named | Q(search=asked))
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
    names = (
        Company.objects.visible_to(user).order_by("match_key", "pk").values_list("match_key", "name", "slug")[:_NAMES]
    )
    known = {of: (name, slug) for of, name, slug in names if abs(len(of) - len(key)) <= 3}  # noqa: PLR2004 - letters
    for close in get_close_matches(key, known, n=1, cutoff=_CLOSE):
        name, slug = known[close]
        return Hit(name, reverse("companies:detail", args=[slug]), "")
    return None


def teams_like(user: User, text: str, most: int) -> list[Hit]:
    """Return teams of companies that this person sees, by name and topics."""
    teams = Team.objects.filter(company__in=Company.objects.visible_to(user))
    for word in _WORD.findall(text)[:_MOST_WORDS]:
        teams = teams.filter(Q(name__icontains=word) | Q(topics__icontains=word) | Q(company__name__icontains=word))
    rows = teams.order_by("name", "pk").values_list("name", "slug", "company__name", "company__slug")[:most]
    return [
        Hit(name, f"{reverse('companies:detail', args=[at])}#team-{slug}", company) for name, slug, company, at in rows
    ]


def programmes_like(user: User, text: str, most: int) -> list[Hit]:
    """Return programmes of companies that this person sees."""
    programmes = Programme.objects.filter(company__in=Company.objects.visible_to(user))
    for word in _WORD.findall(text)[:_MOST_WORDS]:
        programmes = programmes.filter(Q(name__icontains=word) | Q(company__name__icontains=word))
    rows = programmes.order_by("name", "pk").values_list("name", "company__name", "company__slug")[:most]
    return [Hit(name, f"{reverse('companies:detail', args=[at])}#programmes", company) for name, company, at in rows]


def postings_like(user: User, text: str, most: int) -> list[Hit]:
    """Return open postings, the newest first."""
    asked = beginnings(text)
    if asked is None:
        return []
    found = Posting.objects.visible_to(user).open().filter(search=asked).order_by("-listed_at", "-pk")
    rows = found.values_list("title", "public_id", "company__name", "places")[:most]
    return [
        Hit(title, reverse("companies:posting", args=[public_id]), " · ".join((company, *places[:2])))
        for title, public_id, company, places in rows
    ]
