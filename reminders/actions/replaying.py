"""Makes the database know what the journal knows: after a kill what was sent a moment ago, after a restore far more."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from reminders import plan
from reminders.models import JournalRead
from tracker.lib import journal
from tracker.lib.sender import sender_host

# A row that somebody is about to close is waited for, in the order in which closing locks; so neither waits in a ring.
_KNOWN = """
WITH told AS (
    SELECT d.id, j.sent_at, j.message_id
    FROM unnest(%(keys)s::text[], %(ats)s::timestamptz[], %(ids)s::text[]) AS j(key, sent_at, message_id)
    JOIN reminders_delivery d ON d.key = j.key
    WHERE d.state <> 'sent' ORDER BY d.id FOR UPDATE OF d
)
UPDATE reminders_delivery d SET state = 'sent', sent_at = told.sent_at, lease_token = NULL, last_error = '',
    message_id = coalesce(d.message_id, told.message_id)
FROM told WHERE d.id = told.id
"""

# What this database has not planned yet, or has forgotten: with the key there, the planner makes no other.
_UNKNOWN = """
INSERT INTO reminders_delivery (
    key, rule, channel, person_id, revision, due_at, available_at, useful_until, state, attempts, last_error,
    created_at, sent_at, message_id
)
SELECT j.key, split_part(j.key, ':', 1), split_part(j.key, ':', 4), u.id, left(split_part(j.key, ':', 7), 20),
    j.sent_at, j.sent_at, j.sent_at + interval '1 second', 'sent', 1, '', j.sent_at, j.sent_at, j.message_id
FROM unnest(%(keys)s::text[], %(ats)s::timestamptz[], %(ids)s::text[]) AS j(key, sent_at, message_id)
JOIN accounts_user u ON u.public_id = split_part(j.key, ':', 3)
WHERE NOT EXISTS (SELECT FROM reminders_delivery d WHERE d.key = j.key)
ON CONFLICT DO NOTHING
"""


def catch_up(*, at: dt.datetime) -> int:
    """Apply what the journal says and this database does not know; return how many rows that changed."""
    changed = 0
    read = dict(JournalRead.objects.values_list("name", "offset"))
    for piece in journal.pieces(read):
        with transaction.atomic():
            changed += _apply_sent([entry for entry in piece.entries if entry.get("kind") == "sent"])
            JournalRead.objects.update_or_create(name=piece.name, defaults={"offset": piece.offset})
    oldest = (at - settings.WAYMARK_JOURNAL_KEPT).date()
    if any(name < oldest.isoformat() for name in read):
        JournalRead.objects.filter(name__in=journal.forget(before=oldest)).delete()
    return changed


def _apply_sent(entries: Iterable[dict[str, Any]]) -> int:
    keys = {key: entry["at"] for entry in entries for key in entry["keys"]}
    if not keys:
        return 0
    host = sender_host()
    arguments = {
        "keys": list(keys),
        "ats": list(keys.values()),
        "ids": [plan.message_id(key, host) for key in keys],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, arguments)
        known: int = cursor.rowcount
        cursor.execute(_UNKNOWN, arguments)
        made: int = cursor.rowcount
    return known + made
