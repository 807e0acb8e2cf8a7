"""Changes of a contact."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import User
from applications.models import Application, Undo
from companies.queries import find_company
from outreach.choices import Standing
from outreach.follow_up import follow_up_day
from outreach.free_days import country_of
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
    country: str = ""
    team_id: int | None = None
    next_step: str = ""
    next_on: dt.date | None = None


@transaction.atomic
def add_contact(*, facts: Facts, by: User, at: dt.datetime) -> Contact:
    """Add somebody; DomainError above the greatest number of people."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    most = settings.WAYMARK_CONTACTS_MOST
    if Contact.objects.visible_to(by).count() >= most:
        raise DomainError(f"These are {most:,} people already. Delete some first.")
    contact = Contact(student=by, created_at=at)
    _fill(contact, facts, by)
    contact.save(force_insert=True)
    return contact


@transaction.atomic
def edit_contact(*, contact: Contact, facts: Facts, by: User) -> Contact:
    """Say something else of somebody."""
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact.pk)
    _fill(own, facts, by)
    settle(own)
    return own


@transaction.atomic
def set_standing(*, contact: Contact, standing: Standing, by: User) -> None:
    """Say how it stands with somebody."""
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact.pk)
    own.standing = standing
    settle(own)


@transaction.atomic
def finish_step(*, contact: Contact, by: User) -> str:
    """Take the next step with somebody off, and return what it was."""
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact.pk)
    step, own.next_step, own.next_on = own.next_step, "", None
    own.save(update_fields=["next_step", "next_on"])
    return step


def settle(own: Contact) -> None:
    """Save somebody, with the day of the follow-up that the log and where they work ask for.

    Whose country is not known is taken to work in that of the student's own time zone.
    """
    said = list(own.messages.order_by("-on", "-pk").values_list("kind", "on")[:2])
    country = own.country or country_of(own.student.time_zone)
    waits = own.standing == Standing.WRITTEN
    days = settings.WAYMARK_FOLLOW_UP_WORKING_DAYS
    own.follow_up_on = follow_up_day(said, country, days) if waits else None
    own.save()


def _fill(contact: Contact, facts: Facts, by: User) -> None:
    for name, value in asdict(facts).items():
        setattr(contact, name, value)
    contact.key, contact.company = one_name(facts.name).key, find_company(by, facts.work)
    if contact.team_id and (
        contact.company is None or contact.team is None or contact.team.company_id != contact.company.pk
    ):
        contact.team = None


@transaction.atomic
def delete_contact(*, contact: Contact, by: User) -> bool:
    """Forget somebody, what was said, and the papers that nobody else of one's people was found by.

    The applications that they helped with keep how their referral stands, and no name.
    """
    own = Contact.objects.visible_to(by).filter(pk=contact.pk)
    named = Application.objects.visible_to(by).filter(
        pk__in=own.values("applications"), referrer__in=own.values("name")
    )
    named.update(referrer="", version=F("version") + 1)
    papers = list(own.filter(papers__isnull=False).values_list("papers", flat=True))
    Undo.objects.visible_to(by).filter(thing__in=own.values("public_id")).delete()  # it would keep a name
    deleted = own.delete()[0]
    by.papers.filter(pk__in=papers, contacts=None).delete()
    return bool(deleted)
