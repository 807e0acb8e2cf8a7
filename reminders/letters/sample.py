"""A letter that a person asked to see: the one of their window, made of what is true now."""

import datetime as dt
import uuid

from django.core.mail import mailers

from accounts.models import User
from applications.queries.window import StudentWindow, window_of
from reminders.letters.envelope import compose, shortened
from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries import facts_of
from tracker.lib.sender import sender_host


def send_sample(person: User, *, at: dt.datetime) -> bool:
    """Send it outside the outbox: no reminder, it comes whenever it is asked for. False without a window."""
    window = window_of(person, at.astimezone(person.tz).date())
    if window is None:
        return False
    (facts,) = facts_of([_row(person, window, at)], at=at)
    mail = compose(facts, at=at)
    mail.subject = shortened(f"Sample: {mail.subject}")
    mailers.default.send_messages([mail])
    return True


def _row(person: User, window: StudentWindow, at: dt.datetime) -> Delivery:
    """Return what the outbox would hold; it is never saved."""
    on = at.astimezone(person.tz).date()
    return Delivery(
        rule=Rule.WINDOW_HALF if window.opens_on <= on <= window.closes_on else Rule.WINDOW_OPENS,
        channel=Delivery.Channel.MAIL,
        person=person,
        season_id=window.season_id,
        message_id=f"<{uuid.uuid4()}@{sender_host()}>",
        due_at=at,
        useful_until=at,
    )
