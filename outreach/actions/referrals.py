"""A referral by somebody of one's people, for one application."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from applications.actions.editing import edit_application
from applications.choices import WayIn
from applications.models import Application
from outreach.actions.people import settle
from outreach.choices import Standing
from outreach.models import Contact
from tracker.lib.errors import DomainError


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for or answered; `hold_until` is the last day on which the application waits, if it is held."""

    way_in: WayIn
    on_hold: bool = False
    hold_until: dt.date | None = None


@transaction.atomic
def note_referral(
    *, contact: Contact, application: Application, asked: Asked, by: User, at: dt.datetime
) -> Application:
    """Note it in the application, which is then one that this person helps with.

    StaleError when the application has changed since it was read; DomainError for a last day that is over.
    """
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact.pk)
    until = asked.hold_until if asked.on_hold else None
    if asked.way_in == WayIn.ASKED and until and until < at.astimezone(by.tz).date():
        raise DomainError("Enter a day from today on.", field="hold_until")
    details = {"way_in": asked.way_in.value, "referrer": own.name, "on_hold": asked.on_hold, "hold_until": until}
    edited = edit_application(application=application, details=details, version=application.version, by=by, at=at)
    own.applications.add(edited)
    if asked.way_in == WayIn.REFERRED:
        own.standing = Standing.REFERRED
        settle(own)
    return edited


@transaction.atomic
def forget_referral(*, contact: Contact, application: Application, by: User) -> None:
    """Say that somebody has nothing to do with an application; what it says of its referral stays."""
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact.pk)
    own.applications.remove(application)
