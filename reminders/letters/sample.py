"""A letter that a person asked to see: their weekly plan, or the letter of their window when the week is empty."""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.core.mail import mailers

from accounts.models import User
from applications.queries.window import window_of
from reminders.letters.envelope import compose, shortened
from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries import Facts, facts_of
from tracker.lib.sender import sender_host


def send_sample(person: User, *, at: dt.datetime) -> bool:
    """Send it outside the outbox: no reminder, it comes whenever it is asked for. False with nothing to say."""
    facts = next(_worth_showing(person, at), None)
    if facts is None:
        return False
    mail = compose(facts, at=at)
    mail.subject = shortened(f"Sample: {mail.subject}")
    mailers.default.send_messages([mail])
    return True


def _worth_showing(person: User, at: dt.datetime) -> Iterator[Facts]:
    week = _facts(person, Rule.WEEKLY_PLAN, at)
    if week.about and week.about.standing(week.delivery, at) == Delivery.State.PENDING:
        yield week
    on = at.astimezone(person.tz).date()
    window = window_of(person, on)
    if window:
        rule = Rule.WINDOW_HALF if window.opens_on <= on <= window.closes_on else Rule.WINDOW_OPENS
        yield _facts(person, rule, at, season_id=window.season_id)


def _facts(person: User, rule: Rule, at: dt.datetime, season_id: int | None = None) -> Facts:
    """Return the facts of a row as the outbox would hold it; it is never saved."""
    row = Delivery(
        rule=rule.value,
        channel=Delivery.Channel.MAIL,
        person=person,
        season_id=season_id,
        message_id=f"<{uuid.uuid4()}@{sender_host()}>",
        due_at=at,
        useful_until=at,
    )
    return facts_of([row], at=at)[0]
