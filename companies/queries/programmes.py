"""Programmes with their seasons in words, and how we know."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from accounts.models import User
from companies.models import Company, Cycle, Following, Kind, Programme, Sourced
from companies.queries.postings import add_url
from companies.windows import checked_words, length_words, window_words


@dataclass(frozen=True, slots=True)
class Source:
    """How we know a fact: where it stands, what it says, and when a curator last looked."""

    url: str
    note: str
    checked: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One season of a programme."""

    season: str
    window: str
    source: Source


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """What a company offers again and again."""

    programme: Programme
    company: Company
    company_url: str
    add_url: str
    followed: bool
    follow_url: str
    facts: str
    cycles: list[CycleLine]
    source: Source


def programmes_of(company: Company, user: User) -> list[ProgrammeLine]:
    """Return the programmes of a company by name: two queries."""
    return _lines(company.programmes.order_by("name", "pk"), user)


def visible_programme(user: User, company: str, programme: str) -> QuerySet[Programme]:
    """Return the programme of these slugs, if this person sees its company."""
    return Programme.objects.filter(
        company__in=Company.objects.visible_to(user), company__slug=company, slug=programme
    ).select_related("company")


def programme_line(programme: Programme, user: User) -> ProgrammeLine:
    """Return one programme as it stands in the list."""
    return _lines(Programme.objects.filter(pk=programme.pk).select_related("company"), user)[0]


def schemes(user: User) -> list[ProgrammeLine]:
    """Return the enrichment schemes of all companies that this person sees, by company: two queries."""
    seen = Programme.objects.filter(kind=Kind.SCHEME, company__in=Company.objects.visible_to(user))
    seen = seen.select_related("company").defer("company__search", "company__search_text")
    return _lines(seen.order_by("company__match_key", "name", "pk"), user)


def source_of(fact: Sourced) -> Source:
    """Return where a fact comes from."""
    return Source(fact.source_url, fact.source_note, checked_words(fact.checked_on), fact.checked_on is not None)


def _lines(programmes: QuerySet[Programme], user: User) -> list[ProgrammeLine]:
    own = Following.objects.visible_to(user).filter(programme=OuterRef("pk"))
    programmes = programmes.annotate(followed=Exists(own))
    cycles = Cycle.objects.select_related("season").order_by("-season__starts_on", "pk")
    return [_line(programme) for programme in programmes.prefetch_related(Prefetch("cycles", cycles))]


def _line(programme: Programme) -> ProgrammeLine:
    company = programme.company
    company_url = reverse("companies:detail", args=[company.slug])
    followed: bool = programme.followed  # type: ignore[attr-defined]
    facts = (
        programme.get_kind_display(),
        length_words(programme.min_weeks, programme.max_weeks),
        programme.get_hours_display() if programme.hours else "",
        *programme.places,
    )
    return ProgrammeLine(
        programme=programme,
        company=company,
        company_url=company_url,
        add_url=add_url(programme.url, programme.name, company.name),
        followed=followed,
        follow_url=f"{company_url}programmes/{programme.slug}/{'unfollow' if followed else 'follow'}/",
        facts=" · ".join(filter(None, facts)),
        cycles=[
            CycleLine(
                season=cycle.season.name,
                window=window_words(cycle.state, cycle.opens_on, cycle.closes_on, cycle.zone),
                source=source_of(cycle),
            )
            for cycle in programme.cycles.all()
        ],
        source=source_of(programme),
    )
