"""Changes of the log of messages."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from outreach.actions.people import settle
from outreach.choices import AFTER, Said, Standing, unanswered
from outreach.models import Contact, Message
from tracker.lib.errors import DomainError

ENOUGH = "You wrote twice. That is enough."


@transaction.atomic
def log_message(*, contact: Contact, kind: Said, on: dt.date, text: str, by: User, today: dt.date) -> Message:
    """Note what was said; how it stands follows.

    A second message without an answer is the one follow-up; a third is refused, as is a day to come.
    """
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact.pk)
    if on > today:
        raise DomainError("This day is still to come. Log what was said.", field="on")
    unanswered = _unanswered(own) if kind in {Said.SENT, Said.FOLLOW_UP} else 0
    if unanswered > 1:
        raise DomainError(ENOUGH, field="kind")
    if unanswered == 1:
        kind = Said.FOLLOW_UP
    elif kind == Said.FOLLOW_UP:
        kind = Said.SENT
    message = Message.objects.create(contact=own, kind=kind, on=on, text=text)
    # What is noted late says nothing about how it stands now; and a referral stands.
    if (own.last_on is None or on >= own.last_on) and own.standing != Standing.REFERRED:
        own.standing = AFTER[kind]
    own.last_on = max(own.last_on or on, on)
    settle(own)
    return message


@transaction.atomic
def delete_message(*, message: Message, by: User) -> bool:
    """Take a line out; the day of the last contact follows, how it stands is for the student to say."""
    own = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=message.contact_id)
    deleted = Message.objects.visible_to(by).filter(pk=message.pk).delete()[0]
    own.last_on = own.messages.aggregate(last=Max("on"))["last"]
    settle(own)
    return bool(deleted)


def _unanswered(contact: Contact) -> int:
    return unanswered(contact.messages.order_by("-on", "-pk").values_list("kind", flat=True)[:2])
