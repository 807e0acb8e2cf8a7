"""What pages of the shared list show of the reader's own: those pages know nothing of applications themselves."""

from typing import cast

from django import template

from accounts.models import User
from applications.queries.at_company import AtCompany, own_at
from companies.models import Company, Posting

register = template.Library()


@register.simple_tag(takes_context=True)
def own(context: template.Context, company: Company, posting: Posting | None = None) -> AtCompany:
    """Return what whoever reads the page has to do with this company, or with one of its postings."""
    user = cast("User", context["user"])
    return own_at(user, company, posting=posting)


@register.filter
def of_team(found: AtCompany, team: int) -> str:
    """Return the words by which a team is close to the reader's research; nothing when it is not."""
    return found.words.get(team, "")
