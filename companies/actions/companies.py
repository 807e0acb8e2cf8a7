"""Changes to companies: a student adds one for themselves, a curator saves and approves."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from companies.models import Company, Posting, Proposal
from companies.naming import match_key, search_text
from companies.queries import find_company
from companies.queries.known import taken_slugs
from tracker.lib.errors import DomainError
from tracker.lib.ids import ALPHABET

LONGEST_NAME = 160
_LONGEST_STEM = 72


def propose_company(*, name: str, by: User, at: dt.datetime, website: str = "", why: str = "") -> Company:
    """Return the company of this name that the person sees, else make one that is theirs alone, and propose it.

    Two requests at once end with one company: the second finds the first one's.
    """
    name = clean_name(name)
    known = find_company(by, name)
    if known:
        return known
    company = Company(name=name, slug=own_slug(name), match_key=match_key(name), website=website, proposed_by=by)
    company.search_text = search_text(name)
    try:
        with transaction.atomic():
            company.save(force_insert=True)
            Proposal.objects.create(
                subject=Proposal.Subject.COMPANY,
                is_new=True,
                company=company,
                why=why,
                source_url=website,
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError:
        known = find_company(by, name)
        if known is None:
            raise
        return known
    return company


def save_own(*, company: Company, values: Mapping[str, Any]) -> None:
    """Change a company that is its proposer's alone, before a curator looks at it."""
    for name, value in values.items():
        setattr(company, name, value)
    company.name = clean_name(company.name)
    company.match_key = match_key(company.name)
    try:
        with transaction.atomic():
            company.save()
    except IntegrityError:
        raise DomainError("You added this company already.", field="name") from None
    refresh_search(company=company)


def refresh_search(*, company: Company) -> None:
    """Bring the search text of a company and of its postings up to its name, other names and facts."""
    names = [company.name, *company.aliases.order_by("name", "pk").values_list("name", flat=True)]
    text = search_text(names, company.kind, company.city, company.country, company.topics, company.notes)
    if text != company.search_text:
        company.search_text = text
        company.save(update_fields=["search_text"])
    stale = []
    for posting in company.postings.only("title", "places", "terms", "search_text").iterator():
        text = search_text(posting.title, names, posting.places, posting.terms)
        if text != posting.search_text:
            posting.search_text = text
            stale.append(posting)
    Posting.objects.bulk_update(stale, ["search_text"], batch_size=settings.WAYMARK_IMPORT_BATCH)


def clean_name(name: str) -> str:
    """Return the name with single spaces; refuse one that cannot name a company."""
    name = " ".join(name.split())
    if "\0" in name or not match_key(name):
        raise DomainError("Enter a company name with at least one letter or digit.", field="name")
    if len(name) > LONGEST_NAME:
        raise DomainError(f"Use at most {LONGEST_NAME} characters for the company.", field="name")
    return name


def own_slug(name: str) -> str:
    """Return a slug that nobody has and that does not tell whether another person added the same name."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{slug_stem(name)}-{tail}"


def company_slugs(names: dict[str, str]) -> dict[str, str]:
    """Return key -> slug for companies that everybody will see: the name itself, with a tail where it is taken."""
    stems = {key: slug_stem(name) for key, name in names.items()}
    taken = taken_slugs(set(stems.values()))
    slugs: dict[str, str] = {}
    for key, stem in stems.items():
        slugs[key] = own_slug(stem) if stem in taken else stem
        taken.add(slugs[key])
    return slugs


def slug_stem(name: str, otherwise: str = "company") -> str:
    """Return the readable part of a slug."""
    return slugify(name)[: _LONGEST_STEM - 1].strip("-") or otherwise
