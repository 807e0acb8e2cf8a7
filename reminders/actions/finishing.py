"""Writes down what became of mails; only who still holds the lease may, and a mail ends with all it told of."""

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection
from django.db.models import F

from reminders import plan
from reminders.actions.merging import Mail
from reminders.models import Delivery, DeliveryQuerySet

_JITTER = 1_000


def close(*, sent: Sequence[tuple[Mail, dt.datetime]], token: uuid.UUID) -> int:
    """Write down that the server took them, each with its moment; return how many leases were lost to somebody else."""
    ids = [(facts.delivery.pk, at) for mail, at in sent for facts in mail.all]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH held AS (
                SELECT d.id, c.sent_at FROM unnest(%s::bigint[], %s::timestamptz[]) AS c(id, sent_at)
                JOIN reminders_delivery d ON d.id = c.id
                WHERE d.lease_token = %s AND d.state = 'sending' ORDER BY d.id FOR UPDATE OF d
            )
            UPDATE reminders_delivery d SET state = 'sent', lease_token = NULL, sent_at = held.sent_at, last_error = ''
            FROM held WHERE d.id = held.id
            """,
            [[key for key, _ in ids], [at for _, at in ids], token],
        )
        if cursor.rowcount == len(ids):
            return 0
    # The tick may have read of it in the journal and written the same.
    return Delivery.objects.filter(pk__in=[key for key, _ in ids]).exclude(state=Delivery.State.SENT).count()


def give_up(*, mail: Mail, token: uuid.UUID, error: str, at: dt.datetime) -> bool:
    """Write down that the server refuses this recipient for good; False when the lease is no longer ours."""
    given_up = {"state": Delivery.State.FAILED, "lease_token": None, "available_at": at, "last_error": error}
    return _held(token, [mail]).update(**given_up) > 0


def try_again(*, key: int | None, at: dt.datetime) -> int:
    """Bring back one mail that was given up, or all of them, as far as they are of use; return how many.

    They count as planned now, so that they have another day of tries.
    """
    given_up = Delivery.objects.filter(state=Delivery.State.FAILED, channel=Delivery.Channel.MAIL, useful_until__gt=at)
    chosen = given_up if key is None else given_up.filter(pk=key)
    return chosen.update(state=Delivery.State.PENDING, attempts=0, carrier=None, available_at=at, created_at=at)


def try_later(*, mail: Mail, token: uuid.UUID, error: str, at: dt.datetime) -> bool:
    """Put a mail off by the table of waits; it fails when it has waited a day since it was due and planned."""
    row = mail.delivery
    wait = plan.retry_after(row.attempts, settings.WAYMARK_RETRY_AFTER_MINUTES, secrets.randbelow(_JITTER) / _JITTER)
    gives_up_at = max(row.due_at, row.created_at) + settings.WAYMARK_GIVE_UP_AFTER
    if at + wait >= gives_up_at:
        return give_up(mail=mail, token=token, error=error, at=at)
    put_off = {"state": Delivery.State.PENDING, "lease_token": None, "available_at": at + wait, "last_error": error}
    return _held(token, [mail]).update(**put_off) > 0


def give_back(*, mails: Iterable[Mail], token: uuid.UUID, at: dt.datetime) -> int:
    """Return what nobody tried to send, as if it had not been claimed."""
    held = _held(token, mails)
    return held.update(state=Delivery.State.PENDING, lease_token=None, available_at=at, attempts=F("attempts") - 1)


def _held(token: uuid.UUID, mails: Iterable[Mail]) -> DeliveryQuerySet:
    ids = [facts.delivery.pk for mail in mails for facts in mail.all]
    return Delivery.objects.filter(pk__in=ids, lease_token=token, state=Delivery.State.SENDING)
