"""Makes mails of what one person may get now: the urgent alone, all else in one mail a day, and never too many."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from reminders.actions.settling import urgency
from reminders.models import Delivery
from reminders.plan import FIXED, Rule
from reminders.queries.facts import Facts
from reminders.queries.today import Today, is_in_doubt
from reminders.quiet import next_morning


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: what it is about, and what it tells of besides, which shares its lease and its end."""

    facts: Facts
    also: Sequence[Facts] = ()

    @property
    def delivery(self) -> Delivery:
        """The row whose Message-ID the mail carries."""
        return self.facts.delivery

    @property
    def all(self) -> list[Facts]:
        """What ends together."""
        return [self.facts, *self.also]


def divide(found: Sequence[Facts], day: Today, *, at: dt.datetime) -> tuple[list[Mail], dict[int, dt.datetime]]:
    """Return the mails that one person may get now, and until when each other row waits."""
    waits: dict[int, dt.datetime] = {}
    awake = []
    for facts in sorted(found, key=_order):
        until = _quiet(facts, day)
        if until:
            waits[facts.delivery.pk] = until
        else:
            awake.append(facts)
    mails = [Mail(facts) for facts in awake if Rule(facts.delivery.rule).is_alone]
    merged, later = _merged([facts for facts in awake if not Rule(facts.delivery.rule).is_alone], day, at)
    mails = sorted([*mails, *merged], key=lambda mail: _order(mail.facts))
    # what may have arrived counts in the day already, and goes out again under its own Message-ID
    known = [mail for mail in mails if is_in_doubt(mail.delivery, at)]
    fresh = [mail for mail in mails if mail not in known]
    room = max(0, settings.WAYMARK_MAILS_PER_DAY - day.mails)
    _wait(waits, later, next_morning(at, day.person.time_zone, settings.WAYMARK_MORNING))
    for mail in fresh[room:]:
        _wait(waits, mail.all, at + settings.WAYMARK_OVER_DAILY_NUMBER)
    return [*known, *fresh[:room]], waits


def _merged(found: Sequence[Facts], day: Today, at: dt.datetime) -> tuple[list[Mail], list[Facts]]:
    """Return the one mail of the day, if it is still to come, and what waits for that of tomorrow.

    A mail that was tried may have arrived: it is tried again with what it told of before, and nothing else.
    """
    if not found or (day.had_merged and not is_in_doubt(found[0].delivery, at)):
        return [], list(found)
    first, *others = found
    if not _was_tried(first):
        return [Mail(first, others)], []
    with_it = [facts for facts in others if facts.delivery.carrier_id == first.delivery.pk]
    return [Mail(first, with_it)], [facts for facts in others if facts not in with_it]


def _was_tried(facts: Facts) -> bool:
    return facts.delivery.attempts > 0 and facts.delivery.carrier_id is None


def _order(facts: Facts) -> tuple[bool, int, float]:
    return not _was_tried(facts), *urgency(facts.delivery)


def _quiet(facts: Facts, day: Today) -> dt.datetime | None:
    """Return when a row may go that is due in quiet hours; what cannot wait and what would be useless then goes now."""
    rule, until = Rule(facts.delivery.rule), day.quiet_until
    if until is None or rule is Rule.INTERVIEW_SOON or rule.kind in FIXED or facts.delivery.useful_until <= until:
        return None
    return until if settings.WAYMARK_QUIET_HOURS else None


def _wait(waits: dict[int, dt.datetime], found: Iterable[Facts], until: dt.datetime) -> None:
    """Note until when they wait: not beyond their use, so that they are told in the app in time."""
    for facts in found:
        waits[facts.delivery.pk] = min(until, facts.delivery.useful_until)
