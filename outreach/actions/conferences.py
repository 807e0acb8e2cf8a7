"""Changes of conferences, and of who will be there."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction

from accounts.models import User
from outreach.models import Conference, Contact
from tracker.lib.errors import DomainError


@dataclass(frozen=True, slots=True)
class Dates:
    """What is kept of a conference; the last day is not before the first."""

    name: str
    begins_on: dt.date
    ends_on: dt.date
    place: str = ""
    url: str = ""


@transaction.atomic
def save_conference(*, dates: Dates, by: User, at: dt.datetime, conference: Conference | None = None) -> Conference:
    """Add a conference, or change one; DomainError for days that are not in order, and above the greatest number."""
    if dates.ends_on < dates.begins_on:
        raise DomainError("The last day is before the first.", field="ends_on")
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    mine = Conference.objects.visible_to(by)
    if conference is None:
        most = settings.WAYMARK_CONFERENCES_MOST
        if mine.count() >= most:
            raise DomainError(f"These are {most} conferences already. Delete some first.")
        return Conference.objects.create(student=by, updated_at=at, **asdict(dates))
    own = mine.get(pk=conference.pk)
    for name, value in asdict(dates).items():
        setattr(own, name, value)
    own.version += 1
    own.updated_at = at
    own.save()
    return own


def delete_conference(*, conference: Conference, by: User) -> None:
    """Delete a conference; the people stay."""
    Conference.objects.visible_to(by).filter(pk=conference.pk).delete()


@transaction.atomic
def expect(*, conference: Conference, name: str, by: User) -> Contact:
    """Note that one of one's people will be there, by name; DomainError when nobody, or more than one, is called so."""
    own = Conference.objects.visible_to(by).select_for_update().get(pk=conference.pk)
    found = list(Contact.objects.visible_to(by).filter(name__iexact=" ".join(name.split()))[:2])
    if not found:
        raise DomainError("Nobody among your people is called that. Add them first.", field="name")
    if len(found) > 1:
        raise DomainError("More than one of your people is called that.", field="name")
    own.people.add(found[0])
    return found[0]


def expect_no_more(*, conference: Conference, contact: Contact, by: User) -> None:
    """Note that somebody will not be there."""
    own = Conference.objects.visible_to(by).filter(pk=conference.pk).first()
    if own:
        own.people.remove(contact)
