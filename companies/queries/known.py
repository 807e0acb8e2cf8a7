"""What an import must know before it begins, in a few queries however many rows it has."""

from collections.abc import Collection
from dataclasses import fields

from django.db.models.expressions import RawSQL

from companies.listings import ORIGIN, Listing
from companies.matching import KnownPosting
from companies.models import Alias, Company, Posting

_POSTING = tuple(field.name for field in fields(KnownPosting))


def companies_by_key(keys: set[str]) -> dict[str, int]:
    """Return key -> company among the approved ones; a name comes before another company's alias."""
    wanted = any_of(keys)
    aliases = Alias.objects.filter(match_key__in=wanted, company__approved_at__isnull=False)
    names = Company.objects.approved().filter(match_key__in=wanted)
    return {**dict(aliases.values_list("match_key", "company_id")), **dict(names.values_list("match_key", "pk"))}


def company_names(companies: set[int]) -> dict[int, list[str]]:
    """Return company -> its name and its other names, which the search text of its postings holds."""
    wanted = any_of(companies, "bigint")
    names = {pk: [name] for pk, name in Company.objects.filter(pk__in=wanted).values_list("pk", "name")}
    aliases = Alias.objects.filter(company_id__in=wanted).order_by("name", "pk")
    for pk, name in aliases.values_list("company_id", "name"):
        names[pk].append(name)
    return names


def known_postings(rows: Collection[Listing]) -> list[KnownPosting]:
    """Return the postings that these rows name: by link, and where the link is new, by the origin's id."""
    links = [row.url_key for row in rows]
    found = [KnownPosting(*row) for row in Posting.objects.filter(url_key__in=any_of(links)).values_list(*_POSTING)]
    known = {posting.url_key for posting in found}
    ids = [row.origin_id for row in rows if row.origin_id and row.url_key not in known]
    moved = Posting.objects.filter(origin=ORIGIN, origin_id__in=any_of(ids)).exclude(origin_id="")
    pks = {posting.pk for posting in found}
    return found + [KnownPosting(*row) for row in moved.values_list(*_POSTING) if row[0] not in pks]


def taken_slugs(slugs: set[str]) -> set[str]:
    """Return which of these slugs a company has already."""
    return set(Company.objects.filter(slug__in=any_of(slugs)).values_list("slug", flat=True))


def any_of(values: Collection[str] | Collection[int], kind: str = "text") -> RawSQL:
    """Return many values as one array parameter: 10,000 of them need no 10,000 placeholders."""
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])  # noqa: S611 - the values are a parameter
