"""The page of one company."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.safestring import SafeString

from accounts.models import User
from companies.models import Alias, Company, CompanyQuerySet, Paper, Team
from companies.queries.pages import Page
from companies.queries.postings import PostingFilters, add_url, posting_page
from companies.queries.programmes import ProgrammeLine, Source, programmes_of, source_of


@dataclass(frozen=True, slots=True)
class CompanyView:
    """Everything on a company's page."""

    company: Company
    add_url: str
    source: Source
    aliases: str
    teams: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    programmes: list[ProgrammeLine]
    postings: Page[SafeString]


def visible_company(user: User, slug: str) -> CompanyQuerySet:
    """Return the company of this slug with its other names, teams and papers, if this person sees it: one query."""
    teams = Team.objects.filter(company=OuterRef("pk")).order_by("name", "pk")
    team = JSONObject(pk="pk", name="name", slug="slug", topics="topics", place="place", url="url")
    papers = Paper.objects.filter(company=OuterRef("pk")).order_by("-year", "title", "pk")
    paper = JSONObject(title="title", authors="authors", venue="venue", year="year", url="url", team="team__name")
    names = Alias.objects.filter(company=OuterRef("pk")).order_by("name", "pk").values("name")
    seen = Company.objects.visible_to(user).filter(slug=slug)
    return seen.defer("search", "search_text").annotate(
        other_names=ArraySubquery(names),
        team_rows=ArraySubquery(teams.values(row=team)),
        paper_rows=ArraySubquery(papers.values(row=paper)),
    )


def keeper_of(user: User, slug: str) -> CompanyQuerySet:
    """Return the company that the one of this slug was merged into, if this person sees it."""
    return Company.objects.visible_to(user).filter(pk__in=Company.objects.filter(slug=slug).values("merged_into"))


def company_view(user: User, company: Company, *, on: dt.date, size: int) -> CompanyView:
    """Gather a company's teams, papers, programmes with their seasons, and newest open postings: constant queries."""
    return CompanyView(
        company=company,
        add_url=add_url("", "", company.name),
        source=source_of(company),
        aliases=", ".join(company.other_names),  # type: ignore[attr-defined]
        teams=company.team_rows,  # type: ignore[attr-defined]
        papers=company.paper_rows,  # type: ignore[attr-defined]
        programmes=programmes_of(company, user),
        postings=posting_page(user, PostingFilters(company=company.slug), on=on, after="", size=size),
    )
