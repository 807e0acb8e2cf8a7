"""What is on its way to devices: made of unread notices, taken for sending, and ended."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from reminders.models import Push, Times
from reminders.plan import FIXED, Kind, retry_after
from reminders.quiet import quiet_end

_AT_NIGHT_TOO = frozenset({kind.value for kind in FIXED} | {Kind.INTERVIEWS.value})
_MAKE = """
INSERT INTO reminders_push (notice_id, device_id, available_at, attempts, outcome)
SELECT n.id, d.id, %(at)s, 0, '' FROM reminders_device d
JOIN accounts_user u ON u.id = d.person_id AND u.is_active
JOIN reminders_notice n ON n.person_id = d.person_id AND n.created_at >= d.created_at
WHERE n.created_at > %(since)s AND n.read_at IS NULL AND n.subject <> ''
ON CONFLICT (notice_id, device_id) DO NOTHING
"""


def make_pushes(*, at: dt.datetime) -> int:
    """Make one for each device of whoever has not read a new notice yet; return how many are new."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, {"at": at, "since": at - settings.WAYMARK_PUSH_USEFUL})
        made: int = cursor.rowcount
    return made


def claim_pushes(*, at: dt.datetime) -> list[Push] | None:
    """Take a batch of due ones, with notice and device; None when nothing is due.

    What was read meanwhile, or is too old, is dropped; what falls into somebody's quiet hours waits for their end.
    """
    with transaction.atomic():
        due = Push.objects.filter(outcome="", available_at__lte=at).select_related("notice", "device__person")
        rows = list(
            due.select_for_update(skip_locked=True, of=("self",)).order_by("available_at", "pk")[
                : settings.WAYMARK_BATCH
            ]
        )
        if not rows:
            return None
        times = Times.objects.in_bulk({row.device.person_id for row in rows})
        ready = []
        for row in rows:
            if row.notice.read_at or row.notice.created_at <= at - settings.WAYMARK_PUSH_USEFUL:
                row.outcome = Push.Outcome.DROPPED
            elif until := _quiet(row, times.get(row.device.person_id) or Times(), at):
                row.available_at = until
            else:
                row.available_at, row.attempts = at + settings.WAYMARK_LEASE, row.attempts + 1
                ready.append(row)
        Push.objects.bulk_update(rows, ["outcome", "available_at", "attempts"])
    return ready


def _quiet(row: Push, times: Times, at: dt.datetime) -> dt.datetime | None:
    if row.notice.kind in _AT_NIGHT_TOO or not settings.WAYMARK_QUIET_HOURS:
        return None
    return quiet_end(at, row.device.person.time_zone, times.quiet_from, times.quiet_until)


def end_pushes(rows: Sequence[Push], *, outcome: Push.Outcome) -> None:
    """Write down how they ended."""
    Push.objects.filter(pk__in=[row.pk for row in rows], outcome="").update(outcome=outcome)


def lose_device(row: Push) -> None:
    """Forget a device whose push service knows it no more, with all that was on its way there."""
    row.device.delete()


def put_off(rows: Sequence[Push], *, at: dt.datetime) -> None:
    """Try again later, the longer the more often it was tried."""
    for row in rows:
        wait = retry_after(row.attempts, settings.WAYMARK_RETRY_AFTER_MINUTES, jitter=0)
        row.available_at = at + wait
    Push.objects.bulk_update(rows, ["available_at"])


def untouched(rows: Sequence[Push], *, at: dt.datetime) -> None:
    """Give back what nobody began to send."""
    Push.objects.filter(pk__in=[row.pk for row in rows], outcome="").update(available_at=at, attempts=F("attempts") - 1)
