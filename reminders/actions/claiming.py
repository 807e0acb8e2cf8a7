"""Takes due mails for one sender, and writes down what became of each.

A claim is a short transaction of its own. Sending happens outside any, and only who still holds the lease may write
down the end of it.
"""

import datetime as dt
import secrets
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Q

from accounts.models import User
from applications.models import InterviewRound
from reminders import plan
from reminders.actions.settling import settle
from reminders.models import Delivery, DeliveryQuerySet
from reminders.queries.facts import Facts, facts_of
from tracker.lib.sender import sender_host

log = structlog.get_logger(__name__)

_DAY = dt.timedelta(hours=24)
_JITTER = 1_000


@dataclass(frozen=True, slots=True)
class Lease:
    """The mails in one sender's hands, each with what is true of it."""

    token: uuid.UUID
    mails: Sequence[Facts]
    at: dt.datetime


def claim(*, at: dt.datetime) -> Lease | None:
    """Take up to a batch of due mails that may still go out; None when nothing is due.

    Rows that may not (moved, stopped, closed, paused) get their final state; those over the daily number are put off.
    What is too late stays for `expire`. An empty lease means: look again.
    """
    with transaction.atomic():
        due = Delivery.objects.due(at).filter(channel=Delivery.Channel.MAIL, useful_until__gt=at)
        picked = due.select_for_update(skip_locked=True, of=("self",)).order_by("available_at", "pk")
        rows = list(picked[: settings.WAYMARK_BATCH])
        if not rows:
            return None
        _count_leases_that_ran_out(rows)
        _hold_still(rows)
        allowed = settle(facts_of(rows, at=at), at=at)
        ready = _within_daily_number(allowed, at=at)
        token = uuid.uuid4()
        _lease([facts.delivery for facts in ready], token, until=at + settings.WAYMARK_LEASE)
    return Lease(token, ready, at)


def _count_leases_that_ran_out(rows: Sequence[Delivery]) -> None:
    """Say which mails may arrive twice: somebody began to send them and did not come back."""
    again = [row.pk for row in rows if row.state == Delivery.State.SENDING]
    if again:
        log.warning("leases_ran_out", count=len(again), deliveries=again)


def _hold_still(rows: Sequence[Delivery]) -> None:
    """Lock whom and what the mails are about: a stop or a move commits wholly before this claim or wholly after it."""
    people = User.objects.filter(pk__in={row.person_id for row in rows}).order_by("pk")
    held = {person.pk: person for person in people.select_for_update(no_key=True)}
    for row in rows:
        row.person = held[row.person_id]
    rounds = InterviewRound.objects.filter(pk__in={row.round_id for row in rows if row.round_id}).order_by("pk")
    list(rounds.select_related("application").select_for_update(no_key=True, of=("self", "application")))


def _within_daily_number(allowed: Sequence[Facts], *, at: dt.datetime) -> list[Facts]:
    """Keep what a person may still get today; the rest waits until a mail of theirs is a day old."""
    ids = [facts.delivery.pk for facts in allowed]
    others = Delivery.objects.filter(channel=Delivery.Channel.MAIL).exclude(pk__in=ids)
    counted = others.filter(person__in={facts.delivery.person_id for facts in allowed}).filter(
        Q(state=Delivery.State.SENDING) | Q(state=Delivery.State.SENT, sent_at__gt=at - _DAY)
    )
    had: Counter[int] = Counter(dict(counted.values_list("person").annotate(Count("pk"))))
    ready: list[Facts] = []
    over: list[Facts] = []
    for facts in allowed:
        had[facts.delivery.person_id] += 1
        (ready if had[facts.delivery.person_id] <= settings.WAYMARK_MAILS_PER_DAY else over).append(facts)
    _put_off_a_while(over, at=at)
    return ready


def _put_off_a_while(over: Iterable[Facts], *, at: dt.datetime) -> None:
    ids = [facts.delivery.pk for facts in over]
    later = at + settings.WAYMARK_OVER_DAILY_NUMBER
    Delivery.objects.filter(pk__in=ids).update(state=Delivery.State.PENDING, lease_token=None, available_at=later)


def _lease(rows: Sequence[Delivery], token: uuid.UUID, *, until: dt.datetime) -> None:
    host = sender_host()
    for row in rows:
        row.message_id = row.message_id or plan.message_id(row.key, host)
        row.attempts += 1
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE reminders_delivery d
            SET state = 'sending', lease_token = %s, available_at = %s, attempts = d.attempts + 1,
                message_id = c.message_id
            FROM unnest(%s::bigint[], %s::text[]) AS c(id, message_id) WHERE d.id = c.id
            """,
            [token, until, [row.pk for row in rows], [row.message_id for row in rows]],
        )


def _held(token: uuid.UUID, ids: Iterable[int]) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk__in=ids, lease_token=token, state=Delivery.State.SENDING)


def close(*, mail: Facts, token: uuid.UUID, at: dt.datetime) -> bool:
    """Write down that the server took it; False when the lease is no longer ours (somebody sends it again)."""
    held = _held(token, [mail.delivery.pk])
    return held.update(state=Delivery.State.SENT, lease_token=None, sent_at=at, last_error="") == 1


def give_up(*, mail: Facts, token: uuid.UUID, error: str) -> bool:
    """Write down that the server refuses this recipient for good."""
    held = _held(token, [mail.delivery.pk])
    return held.update(state=Delivery.State.FAILED, lease_token=None, last_error=error) == 1


def try_later(*, mail: Facts, token: uuid.UUID, error: str, at: dt.datetime) -> bool:
    """Put a mail off by the table of waits; it fails when it has waited a day since it was due and planned."""
    row = mail.delivery
    wait = plan.retry_after(row.attempts, settings.WAYMARK_RETRY_AFTER_MINUTES, secrets.randbelow(_JITTER) / _JITTER)
    gives_up_at = max(row.due_at, row.created_at) + settings.WAYMARK_GIVE_UP_AFTER
    if at + wait >= gives_up_at:
        return give_up(mail=mail, token=token, error=error)
    held = _held(token, [row.pk])
    return held.update(state=Delivery.State.PENDING, lease_token=None, available_at=at + wait, last_error=error) == 1


def give_back(*, mails: Iterable[Facts], token: uuid.UUID, at: dt.datetime) -> int:
    """Return what nobody tried to send, as if it had not been claimed."""
    held = _held(token, [mail.delivery.pk for mail in mails])
    return held.update(state=Delivery.State.PENDING, lease_token=None, available_at=at, attempts=F("attempts") - 1)
