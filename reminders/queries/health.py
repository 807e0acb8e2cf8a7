"""How the outbox is doing, and what the database's clock says."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import Min, Q
from django.db.models.functions import Greatest

from reminders.models import Delivery, Heartbeat


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """When the last tick ran and since when the oldest due row waits; None where there is none."""

    ticked_at: dt.datetime | None
    oldest_due_at: dt.datetime | None


def outbox_health(*, at: dt.datetime) -> OutboxHealth:
    """Return the state of the outbox.

    A row planned late waits since it was planned; one that waits for tomorrow, because its person had enough mails
    today, does not count, while one that waits for its next try does.
    """
    waiting = Delivery.objects.filter(state__in=Delivery.OPEN, due_at__lte=at)
    waiting = waiting.filter(Q(available_at__lte=at) | Q(attempts__gt=0))
    oldest = waiting.aggregate(oldest=Min(Greatest("due_at", "created_at")))["oldest"]
    ticked_at = Heartbeat.objects.values_list("ticked_at", flat=True).first()
    return OutboxHealth(ticked_at, oldest)


def database_now() -> dt.datetime:
    """Return the instant by the database's clock: the only one that all machines share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: dt.datetime = cursor.fetchone()[0]
    return now


def mails_due(*, at: dt.datetime, more_than: int) -> bool:
    """Say whether more than so many mails wait to be sent; counts no further than it must."""
    due = Delivery.objects.due(at).filter(channel=Delivery.Channel.MAIL)
    return len(due.values_list("pk")[: more_than + 1]) > more_than
