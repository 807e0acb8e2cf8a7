"""What people had today, and when they want quiet: what decides how many mails they may still get."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from reminders.models import Delivery, Times
from reminders.plan import Rule
from reminders.quiet import quiet_end

_DAY = dt.timedelta(hours=24)
_LONGEST_DAY = dt.timedelta(hours=26)


@dataclass(slots=True)
class Today:
    """One person's day: mails within 24 hours, whether the merged mail of the local day went, the end of quiet."""

    person: User
    mails: int = 0
    had_merged: bool = False
    quiet_until: dt.datetime | None = None


def days_of(people: Collection[User], *, at: dt.datetime, besides: Sequence[int]) -> dict[int, Today]:
    """Return the day of each person, not counting the rows `besides`: two queries. What may have arrived counts."""
    found = {person.pk: Today(person) for person in people}
    times = Times.objects.in_bulk(list(found))
    for key, day in found.items():
        own = times.get(key) or Times()
        day.quiet_until = quiet_end(at, day.person.time_zone, own.quiet_from, own.quiet_until)
    sent = Delivery.objects.filter(channel=Delivery.Channel.MAIL, person__in=list(found))
    sent = sent.filter(Q(carrier=None) | Q(maybe_at__isnull=False))
    sent = sent.exclude(pk__in=besides).of_late(at - _LONGEST_DAY)
    for person, rule, state, sent_at, maybe_at in sent.values_list("person", "rule", "state", "sent_at", "maybe_at"):
        moment = sent_at or (at if state == Delivery.State.SENDING else maybe_at) or at
        _count(found[person], Rule(rule), moment, at)
    return found


def is_in_doubt(row: Delivery, at: dt.datetime) -> bool:
    """Say whether a mail may have arrived within the last day, though nobody wrote it down: it counts already."""
    return row.maybe_at is not None and row.maybe_at > at - _DAY


def _count(day: Today, rule: Rule, sent_at: dt.datetime, at: dt.datetime) -> None:
    day.mails += sent_at > at - _DAY
    tz = day.person.tz
    if not rule.is_alone and sent_at.astimezone(tz).date() == at.astimezone(tz).date():
        day.had_merged = True
