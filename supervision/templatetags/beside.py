"""What pages of lower apps show of supervision, of which those apps know nothing."""

from typing import Any, cast

from django import template

from accounts.models import User
from applications.models import Application
from applications.queries.at_company import AtCompany, own_at
from companies.models import Company
from outreach.queries import at_company as people
from supervision.queries import cohort, talking
from supervision.queries.cohort import Shared

register = template.Library()


@register.simple_tag(takes_context=True)
def beside(context: template.Context, application: Application, more: dict[str, list[Any]]) -> talking.Beside:
    """Return what was said about the application, and who can introduce its student at the company."""
    return talking.beside(application, more, reader=cast("User", context["user"]))


@register.simple_tag(takes_context=True)
def at_company(context: template.Context, company: Company) -> AtCompany:
    """Return what the reader has to do with a company, whom they know there, and what others tell: one query."""
    return own_at(cast("User", context["user"]), company, more=(*cohort.ROWS, people.ROW))


@register.filter
def of_others(found: AtCompany) -> Shared:
    """Return what others let the reader know."""
    return cohort.shared_of(found.more)


@register.filter
def of_people(found: AtCompany) -> list[people.Known]:
    """Return whom the reader knows there."""
    return people.known_of(found.more)
