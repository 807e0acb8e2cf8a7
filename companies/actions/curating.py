"""What curators do to the shared list. Their admin site records each change with its author."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction

from accounts.models import User
from companies.actions.companies import clean_name, company_slugs, refresh_search, slug_stem
from companies.actions.merging import merge_companies, settle_proposals
from companies.actions.noting import note
from companies.actions.turns import rearrange
from companies.links import BadLinkError, link_key
from companies.models import Company, Paper, Posting, Programme, Season, Sourced, Team
from companies.naming import match_key, search_text
from companies.queries.known import companies_by_key, company_names, has_paper
from tracker.lib.errors import DomainError


def save_company(*, company: Company, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told by whom
    """Save a company under the key of its name; a new one is approved, since a curator adds it."""
    company.name = clean_name(company.name)
    company.match_key = match_key(company.name)
    if company._state.adding:  # noqa: SLF001 - Django's own way to ask
        company.approved_at = at
        company.slug = company_slugs({company.match_key: company.name})[company.match_key]
    with _refusing("This company is in the list already.", "name"):
        company.save()
        refresh_search(company=company)


def check_facts(*, facts: "models.QuerySet[Sourced]", by: User, on: dt.date) -> int:
    """Note that a curator looked at the sources of these facts on this day; return how many there are."""
    return facts.update(checked_on=on, checked_by=by)


def look_at_postings(
    *, postings: "models.QuerySet[Posting]", is_open: bool, closes_on: dt.date | None, by: User, at: dt.datetime
) -> int:
    """Note that a curator looked at these and found them open (until another day, if one is given) or closed."""
    told: dict[str, object] = {"is_open": is_open, "checked_on": at.date(), "checked_by": by, "updated_at": at}
    if is_open:
        told |= {"gone_on": None, "link_dead_on": None}
    if closes_on:
        told["closes_on"] = closes_on
    with transaction.atomic():
        rows = list(postings.select_for_update().order_by("pk"))
        Posting.objects.filter(pk__in=[row.pk for row in rows]).update(**told)
        for row in rows:
            note(row, "Looked: still open." if is_open else "Looked: closed.", by=by, at=at)
    return len(rows)


@dataclass(slots=True)
class Approval:
    """How many companies everybody sees now, and which ones the list has already."""

    approved: int = 0
    refused: list[str] = field(default_factory=list)


def approve_companies(*, companies: "models.QuerySet[Company]", by: User, at: dt.datetime) -> Approval:
    """Show these companies to everybody, unless the list has one of that name; note the curator who looked."""
    result = Approval()
    for company in companies.filter(approved_at__isnull=True, merged_into=None).order_by("pk"):
        try:
            with transaction.atomic():
                rearrange()
                company.checked_on, company.checked_by = at.date(), by
                approve_company(company=company, by=by, at=at)
            result.approved += 1
        except DomainError:
            result.refused.append(company.name)
    return result


def approve_company(*, company: Company, by: User, at: dt.datetime) -> None:
    """Show a company to everybody; what other students added under this name becomes it, and they are told.

    Within a transaction that has the turn to rearrange. The day of the look is the caller's.
    """
    company.name = clean_name(company.name)
    company.match_key = match_key(company.name)
    if companies_by_key({company.match_key}):
        raise DomainError("The list has a company of this name already.", field="name")
    company.slug, company.approved_at = company_slugs({company.match_key: company.name})[company.match_key], at
    with _refusing("The list has a company of this name already.", "name"):
        company.save()
    settle_proposals(company=company, by=by, at=at)
    note(company, "Approved: everybody sees it.", by=by, at=at)
    for twin in Company.objects.filter(match_key=company.match_key, approved_at=None, merged_into=None).order_by("pk"):
        merge_companies(keeper=company, taken=twin, values={}, by=by, at=at)
    refresh_search(company=company)


def save_part(*, part: Programme | Team, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told
    """Save a programme or a team; a new one gets a slug that its company has not used. So is the company changed."""
    if not part.slug:
        stem = slug_stem(part.name, part._meta.model_name or "part")
        same = type(part)._default_manager.filter(company=part.company, slug__startswith=stem)
        part.slug = _free(stem, set(same.values_list("slug", flat=True)))
    with _refusing("This company has one of that name already.", "name"):
        part.save()
        Company.objects.filter(pk=part.company_id).update(updated_at=at)


def save_paper(*, paper: Paper, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told by whom
    """Save a paper, so that its company counts as changed; refuse one that the company has, by its link."""
    try:
        key = link_key(paper.url)
    except BadLinkError as error:
        raise DomainError(str(error), field="url") from None
    if has_paper(paper.company_id, key, but=paper.pk):
        raise DomainError("This company has this paper already.", field="url")
    if paper.team and paper.team.company_id != paper.company_id:
        raise DomainError("This team is of another company.", field="team")
    with transaction.atomic():
        paper.save()
        Company.objects.filter(pk=paper.company_id).update(updated_at=at)


def save_season(*, season: Season, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told
    """Save a season; a new one gets a slug."""
    if not season.slug:
        stem = slug_stem(season.name, "season")[:32]
        same = Season.objects.filter(slug__startswith=stem)
        season.slug = _free(stem, set(same.values_list("slug", flat=True)))
    with _refusing("There is a season of that name already.", "name"):
        season.save()


def save_posting(*, posting: Posting, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told
    """Save a posting under the key of its link; what is said otherwise than before of research stays said."""
    before = Posting.objects.filter(pk=posting.pk).values("is_research", "url").first()
    if before is None or before["is_research"] != posting.is_research:
        posting.is_research_set, posting.research_why = True, "a curator said so"
    if before and before["url"] != posting.url:
        posting.link_asked_on = posting.link_dead_on = None
    if posting.url:
        try:
            posting.url_key = link_key(posting.url)
        except BadLinkError as error:
            raise DomainError(str(error), field="url") from None
    elif not posting.origin_id:
        raise DomainError("Enter the link of the posting.", field="url")
    names = company_names({posting.company_id})[posting.company_id]
    posting.search_text = search_text(posting.title, names, posting.places, posting.terms)
    with _refusing("This link is in the list already.", "url"):
        posting.save()


def _free(stem: str, taken: set[str]) -> str:
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@contextmanager
def _refusing(sentence: str, at_field: str) -> Iterator[None]:
    """Turn a constraint that says no into a sentence at a field; nothing of the block is kept."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise DomainError(sentence, field=at_field) from None
