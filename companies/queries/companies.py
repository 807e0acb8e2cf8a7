"""The list of companies."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Func, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from companies.models import Alias, Company, CompanyQuerySet, Posting, PostingQuerySet
from companies.naming import match_key
from companies.queries.pages import Page, words
from tracker.lib import mark


@dataclass(frozen=True, slots=True)
class CompanyFilters:
    """What somebody looks for; every part may be empty."""

    q: str = ""
    topic: str = ""
    place: str = ""
    has_open: bool = False

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the list."""
        return self != CompanyFilters()


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One line of the list."""

    name: str
    url: str
    initials: str
    tone: str
    facts: str
    topics: str
    open_count: int
    is_private: bool


def company_page(user: User, filters: CompanyFilters, *, after: str, size: int) -> Page[CompanyRow]:
    """Return the companies this person sees, by name, from the one after the given public id."""
    found = _after(_matching(Company.objects.visible_to(user), filters), after).order_by("match_key", "pk")
    fields = ("pk", "public_id", "name", "slug", "kind", "city", "country", "topics", "approved_at")
    rows = list(found.values_list(*fields)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    counts = _open_counts([row[0] for row in rows])
    base = reverse("companies:list")
    return Page(
        [
            CompanyRow(
                name=name,
                url=f"{base}{slug}/",
                initials=mark.initials(name),
                tone=mark.tone(name),
                facts=" · ".join(filter(None, (kind, city, country))),
                topics=", ".join(topics[:4]),
                open_count=counts.get(pk, 0),
                is_private=approved_at is None,
            )
            for pk, _id, name, slug, kind, city, country, topics, approved_at in rows
        ],
        ("company", "companies"),
        rows[-1][1] if more else "",
    )


def _matching(companies: CompanyQuerySet, filters: CompanyFilters) -> CompanyQuerySet:
    if filters.q:
        named = Q(search=words(filters.q))
        key = match_key(filters.q)
        if key:
            aliases = Alias.objects.filter(match_key__startswith=key).values("company_id")
            named |= Q(match_key__startswith=key) | Q(pk__in=aliases)
        companies = companies.filter(named)
    if filters.topic:
        companies = companies.filter(topics__contains=[filters.topic])
    if filters.place:
        companies = companies.filter(Q(city__icontains=filters.place) | Q(country__icontains=filters.place))
    if filters.has_open:
        companies = companies.filter(Exists(_open_postings().filter(company=OuterRef("pk"))))
    return companies


def _after(companies: CompanyQuerySet, public_id: str) -> CompanyQuerySet:
    last = Company.objects.filter(public_id=public_id).values_list("match_key", "pk").first() if public_id else None
    if last is None:
        return companies
    key, pk = last
    return companies.filter(Q(match_key__gt=key) | Q(match_key=key, pk__gt=pk), match_key__gte=key)


def _open_postings() -> PostingQuerySet:
    return Posting.objects.open().filter(is_visible=True)


def _open_counts(companies: list[int]) -> dict[int, int]:
    counted = _open_postings().filter(company_id__in=companies).values("company_id").annotate(n=Count("pk"))
    return dict(counted.order_by("company_id").values_list("company_id", "n"))


def topics_in_use(user: User) -> list[str]:
    """Return every topic of the companies this person sees, by name."""
    topics = Company.objects.visible_to(user).exclude(topics=[]).annotate(topic=Func(F("topics"), function="unnest"))
    return sorted(topics.values_list("topic", flat=True).distinct().order_by("topic"), key=str.casefold)
