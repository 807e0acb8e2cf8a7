"""Finds companies, teams, programmes and postings by the beginnings of words, as somebody types."""

import re
from difflib import get_close_matches

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import BooleanField, Case, F, Func, Q, Subquery, Value, When
from django.db.models.functions import Length
from django.urls import reverse

from accounts.models import User
from companies.models import Alias, Company, Posting, PostingQuerySet, Programme, Team
from companies.naming import match_key
from companies.queries.pages import Hit

_WORD = re.compile(r"\w+")
_MOST_WORDS, _CLOSE, _NAMES = 8, 0.8, 1_000
_KEPT, _SLIPS = 3, 2
_LATELY = 5_000


class _AmongThese(Func):
    """Compares with an array that is made before anything else is asked; a subquery would be joined in any order."""

    template, arg_joiner, output_field = "(%(expressions)s))", " = ANY(", BooleanField()


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
    # A slip leaves the beginning or the end of a name as it is; comparing with all of them would take too long.
    near = Q(match_key__startswith=key[:_KEPT]) | Q(match_key__endswith=key[-_KEPT:])
    found = Company.objects.visible_to(user).filter(near).annotate(letters=Length("match_key"))
    found = found.filter(letters__gte=len(key) - _SLIPS, letters__lte=len(key) + _SLIPS).order_by("match_key", "pk")
    known = {of: (name, slug) for of, name, slug in found.values_list("match_key", "name", "slug")[:_NAMES]}
    for close in get_close_matches(key, known, n=1, cutoff=_CLOSE):
        name, slug = known[close]
        return Hit(name, reverse("companies:detail", args=[slug]), "")
    return None


def parts_like(user: User, text: str, most: int) -> tuple[list[Hit], list[Hit]]:
    """Return teams, by name and topics, and programmes of companies that this person sees: one query."""
    seen = Company.objects.visible_to(user)
    teams, programmes = Team.objects.filter(company__in=seen), Programme.objects.filter(company__in=seen)
    for word in _WORD.findall(text)[:_MOST_WORDS]:
        named = Q(name__icontains=word) | Q(company__name__icontains=word)
        teams, programmes = teams.filter(named | Q(topics__icontains=word)), programmes.filter(named)
    shown = ("name", "slug", "company__name", "company__slug")
    found = [
        rows.annotate(part=Value(kind)).order_by("name", "pk").values_list("part", *shown)[:most]
        for kind, rows in (("team", teams), ("programme", programmes))
    ]
    hits: dict[str, list[Hit]] = {"team": [], "programme": []}
    for kind, name, slug, company, at in sorted(found[0].union(found[1], all=True)):
        anchor = f"team-{slug}" if kind == "team" else "programmes"
        hits[kind].append(Hit(name, f"{reverse('companies:detail', args=[at])}#{anchor}", company))
    return hits["team"], hits["programme"]


def postings_like(user: User, text: str, most: int) -> list[Hit]:
    """Return open postings, the newest first."""
    asked = beginnings(text)
    if asked is None:
        return []
    rows = _newest_of(Posting.objects.visible_to(user).open(), asked, most)
    return [
        Hit(title, reverse("companies:posting", args=[public_id]), " · ".join((company, *places[:2])))
        for title, public_id, company, places in rows
    ]


def _newest_of(seen: PostingQuerySet, asked: SearchQuery, most: int) -> "list[tuple[str, str, str, list[str]]]":
    """Return the newest that match: a common word is among the newest of all, and only a rare one is looked up.

    The database cannot know which it is: of beginnings of words it keeps no numbers. By the order alone it would go
    through all of them for a word that is nowhere, and by the word alone sort nearly all for one that is everywhere.
    """
    shown = ("title", "public_id", "company__name", "places")
    newest = seen.order_by("-listed_at", "-pk")
    open_ones = Posting.objects.open().filter(is_visible=True).order_by("-listed_at", "-pk")
    since = Subquery(open_ones.values("listed_at")[_LATELY : _LATELY + 1])
    # strip() changes nothing here, but that the database goes by the order and not by the word
    words = Func(F("search"), function="strip", output_field=SearchVectorField())
    near = newest.annotate(words=words).filter(words=asked, listed_at__gte=since)
    rows = list(near.values_list(*shown)[:most])
    if len(rows) < most:
        by_word = ArraySubquery(Posting.objects.filter(search=asked).order_by().values("pk"))
        rows = list(newest.filter(_AmongThese(F("pk"), by_word)).values_list(*shown)[:most])
    return rows
