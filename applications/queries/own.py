"""One's own applications with what their pages name: by condition, or one by its address, which is asked for most."""

from typing import Any

from accounts.models import User
from applications.models import MINE, Application, ApplicationQuerySet, Offer
from applications.queries.sql import columns, fetch, made
from companies.models import Company, Posting, Season, Team

# Without the search columns of companies and postings, which are long and of no use here.
_NAMED = (
    *(field.name for field in Application._meta.concrete_fields),
    "company__name", "company__slug", "team__name", "season__name", "posting__url",
    "offer__answer_by", "offer__project", "offer__mentor",
)  # fmt: skip
_OWN = len(Application._meta.concrete_fields)
_ONE = f"""
    SELECT {columns(Application, "a")}, c.id, c.name, c.slug, t.id, t.name, s.id, s.name, p.id, p.url,
    o.id, o.answer_by, o.project, o.mentor
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN companies_team t ON t.id = a.team_id LEFT JOIN companies_season s ON s.id = a.season_id
    LEFT JOIN companies_posting p ON p.id = a.posting_id LEFT JOIN applications_offer o ON o.application_id = a.id
    WHERE {MINE} AND a.public_id = %(public_id)s
"""  # noqa: S608 - constants


def own_applications(user: User) -> ApplicationQuerySet:
    """Return the person's applications with what their pages name."""
    mine = Application.objects.visible_to(user).select_related("company", "team", "season", "posting", "offer")
    return mine.only(*_NAMED)


def own_application(user: User, public_id: str) -> Application | None:
    """Return one of them, if it is theirs."""
    found = fetch(_ONE, {"me": user.pk, "public_id": public_id})
    return _application(found[0]) if found else None


def _application(row: tuple[Any, ...]) -> Application:
    named = row[_OWN:]
    application = made(Application, row[:_OWN])
    application.company = made(Company, named[:3], "id", "name", "slug")
    application.team = made(Team, named[3:5], "id", "name") if named[3] else None
    application.season = made(Season, named[5:7], "id", "name") if named[5] else None
    application.posting = made(Posting, named[7:9], "id", "url") if named[7] else None
    offer = made(Offer, named[9:], "id", "answer_by", "project", "mentor") if named[9] else None
    Application._meta.get_field("offer").set_cached_value(application, offer)
    return application
