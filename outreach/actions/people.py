"""Changes of a contact."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from companies.models import Alias, Company
from companies.naming import match_key
from outreach.choices import Standing
from outreach.models import Contact
from outreach.reading.names import one_name
from tracker.lib.errors import DomainError


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept of somebody; `how` and a name are there always."""

    name: str
    how: str
    work: str = ""
    email: str = ""
    url: str = ""
    source: str = ""
    why: str = ""
    next_step: str = ""
    next_on: dt.date | None = None


@transaction.atomic
def add_contact(*, facts: Facts, by: User, at: dt.datetime) -> Contact:
    """Add somebody; DomainError above the greatest number of people."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    most = settings.WAYMARK_CONTACTS_MOST
    if Contact.objects.visible_to(by).count() >= most:
        raise DomainError(f"These are {most:,} people already. Delete some first.")
    return Contact.objects.create(
        student=by, created_at=at, key=one_name(facts.name).key, company=company_named(facts.work, by), **asdict(facts)
    )


@transaction.atomic
def edit_contact(*, contact: Contact, facts: Facts, by: User) -> Contact:
    """Say something else of somebody."""
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact.pk)
    changed = {**asdict(facts), "key": one_name(facts.name).key, "company": company_named(facts.work, by)}
    for name, value in changed.items():
        setattr(own, name, value)
    own.save(update_fields=list(changed))
    return own


def set_standing(*, contact: Contact, standing: Standing, by: User) -> None:
    """Say how it stands with somebody."""
    Contact.objects.visible_to(by).filter(pk=contact.pk).update(standing=standing)


@transaction.atomic
def delete_contact(*, contact: Contact, by: User) -> bool:
    """Forget somebody, what was said, and the papers that nobody else of one's people was found by."""
    own = Contact.objects.visible_to(by).filter(pk=contact.pk)
    papers = list(own.filter(papers__isnull=False).values_list("papers", flat=True))
    deleted = own.delete()[0]
    by.papers.filter(pk__in=papers, contacts=None).delete()
    return bool(deleted)


def company_named(work: str, reader: User) -> Company | None:
    """Return the company of the shared list that these words name, by its name or another of its names."""
    key = match_key(work)
    if not key:
        return None
    aliases = Alias.objects.filter(match_key=key).values("company")
    known = Company.objects.visible_to(reader).filter(Q(match_key=key) | Q(pk__in=aliases))
    return known.only("pk", "name", "slug").order_by("pk").first()
