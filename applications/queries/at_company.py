"""A student's own applications at one company, and what of it is close to their research, for the company's page."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from applications.models import Application
from applications.queries.closeness import words_of_teams
from applications.stage import Look

_MOST = 20


@dataclass(frozen=True, slots=True)
class Own:
    """One application: its role, where it stands, and for which season."""

    title: str
    url: str
    look: Look
    season: str


@dataclass(frozen=True, slots=True)
class AtCompany:
    """What a student has to do with a company."""

    applications: list[Own]
    words: dict[int, str]


def own_at(user: User, company: int, *, posting: int | None = None) -> AtCompany:
    """Return a student's applications at a company, or to one of its postings, the newest first: two queries."""
    if not user.is_student:
        return AtCompany([], {})
    rows = Application.objects.visible_to(user).filter(company=company).select_related("season", "company")
    if posting is not None:
        rows = rows.filter(posting=posting)
    found = [
        Own(
            title=one.title,
            url=reverse("applications:detail", args=[one.public_id]),
            look=one.look,
            season=one.season.name if one.season else "",
        )
        for one in rows.order_by("-pk")[:_MOST]
    ]
    return AtCompany(found, {} if posting is not None else words_of_teams(user, company))
