"""The page of one team: what it works on, what its people wrote, and where one can apply."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from accounts.models import User
from companies.models import Company, Paper, Team
from companies.queries.joining import moved_to
from companies.queries.pages import Page
from companies.queries.postings import PostingFilters, add_url, posting_page
from companies.queries.programmes import Source, source_of


@dataclass(frozen=True, slots=True)
class TeamView:
    """Everything on a team's page."""

    team: Team
    add_url: str
    source: Source
    papers: Sequence[Paper]
    postings: Page[SafeString]


def visible_team(user: User, company: str, team: str) -> QuerySet[Team]:
    """Return the team of these slugs, if this person sees its company."""
    seen = Company.objects.visible_to(user).filter(slug=company)
    return Team.objects.filter(company__in=seen, slug=team).select_related("company")


def joined_team(user: User, company: str, team: str) -> str:
    """Return the slug of the team that the one of these slugs became part of; nothing where it did not."""
    return moved_to("team", team, of=Company.objects.visible_to(user).filter(slug=company))


def team_view(user: User, team: Team, *, on: dt.date, size: int) -> TeamView:
    """Gather a team's papers and its newest open postings: two queries."""
    return TeamView(
        team=team,
        add_url=add_url("", "", team.company.name),
        source=source_of(team),
        papers=list(team.papers.order_by("-year", "title", "pk")),
        postings=posting_page(user, PostingFilters(team=team.pk), on=on, after="", size=size),
    )
