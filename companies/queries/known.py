"""What an import must know before it begins, in a few queries however many rows it has."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup
from django.db.models.sql.compiler import SQLCompiler

from accounts.models import User
from companies.formats import Listing
from companies.links import link_key
from companies.matching import KnownPosting
from companies.models import Alias, Company, Paper, Posting


class AnyOf(Lookup):
    """Compares with many values as one array parameter: 10,000 of them need no 10,000 placeholders.

    PostgreSQL reads an array by index or by hash, however wrong its statistics are in the middle of an import; a
    join with as many rows it may do row by row.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Return "column = ANY(array)"."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, list(self.rhs)]


_POSTING = tuple(field.name for field in fields(KnownPosting))


def companies_by_key(keys: set[str]) -> dict[str, int]:
    """Return key -> company among the approved ones; a name comes before another company's alias."""
    aliases = Alias.objects.filter(AnyOf(F("match_key"), keys), company__approved_at__isnull=False)
    names = Company.objects.approved().filter(AnyOf(F("match_key"), keys))
    return {**dict(aliases.values_list("match_key", "company_id")), **dict(names.values_list("match_key", "pk"))}


def usable_companies(user: User, keys: set[str]) -> dict[str, int]:
    """Return key -> company as `find_company` would find it: an approved one, else one of the person's own.

    One of their own that became another company since is that one.
    """
    own = Company.objects.filter(AnyOf(F("match_key"), keys), approved_at=None, proposed_by=user)
    rows = own.order_by("pk").values_list("match_key", "pk", "merged_into")
    return {key: merged or pk for key, pk, merged in rows} | companies_by_key(keys)


def company_names(companies: set[int]) -> dict[int, list[str]]:
    """Return company -> its name and its other names, which the search text of its postings holds."""
    names = {pk: [name] for pk, name in Company.objects.filter(AnyOf(F("pk"), companies)).values_list("pk", "name")}
    aliases = Alias.objects.filter(AnyOf(F("company_id"), companies)).order_by("name", "pk")
    for pk, name in aliases.values_list("company_id", "name"):
        names[pk].append(name)
    return names


def known_postings(rows: Collection[Listing]) -> list[KnownPosting]:
    """Return the postings that these rows name: by link, and where the link is new, by the origin's id."""
    links = [row.url_key for row in rows]
    found = [KnownPosting(*row) for row in Posting.objects.filter(AnyOf(F("url_key"), links)).values_list(*_POSTING)]
    known = {posting.url_key for posting in found}
    ids = [row.origin_id for row in rows if row.origin_id and row.url_key not in known]
    origins = {row.origin for row in rows}
    moved = Posting.objects.filter(AnyOf(F("origin_id"), ids), origin__in=origins).exclude(origin_id="")
    pks = {posting.pk for posting in found}
    return found + [KnownPosting(*row) for row in moved.values_list(*_POSTING) if row[0] not in pks]


def has_paper(company: int | None, key: str, *, but: int | None) -> bool:
    """Say whether a company has another paper whose link reduces to this key."""
    others = Paper.objects.filter(company=company)
    others = others.exclude(pk=but) if but else others
    return any(link_key(url) == key for url in others.values_list("url", flat=True))


def taken_slugs(slugs: set[str]) -> set[str]:
    """Return which of these slugs a company has already."""
    return set(Company.objects.filter(AnyOf(F("slug"), slugs)).values_list("slug", flat=True))
