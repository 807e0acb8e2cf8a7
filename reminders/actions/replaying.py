"""Makes the database know what the journal knows: after a kill what was sent a moment ago, after a restore far more."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from applications.models import Application, Offer
from reminders import plan
from reminders.models import JournalRead
from supervision.actions import change_level, end, set_exception
from supervision.models import Supervision
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


# A wish that is as new, or newer, stands; so does what is known already.
_WISHES = """
INSERT INTO reminders_preference (person_id, kind, app, by_mail, updated_at)
SELECT u.id, w.kind, w.app, w.by_mail, w.at
FROM unnest(%s::text[], %s::text[], %s::boolean[], %s::text[], %s::timestamptz[]) AS w(person, kind, app, by_mail, at)
JOIN accounts_user u ON u.public_id = w.person
ON CONFLICT (person_id, kind) DO UPDATE SET by_mail = EXCLUDED.by_mail, updated_at = EXCLUDED.updated_at
WHERE reminders_preference.updated_at < EXCLUDED.updated_at
"""


_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def catch_up(*, at: dt.datetime) -> int:
    """Apply what the journal says and this database does not know; return how many rows that changed."""
    changed = 0
    read = dict(JournalRead.objects.values_list("name", "offset"))
    for piece in journal.pieces(read):
        with transaction.atomic():
            changed += _apply_sent([entry for entry in piece.entries if entry["kind"] == "sent"])
            changed += _apply_wishes([entry for entry in piece.entries if entry["kind"] == "wished"])
            changed += sum(map(_apply_sharing, piece.entries))
            changed += _apply_erasures([entry for entry in piece.entries if entry["kind"] == "erased"])
            JournalRead.objects.update_or_create(name=piece.name, defaults={"offset": piece.offset})
    oldest = (at - settings.WAYMARK_JOURNAL_KEPT).date()
    if any(name < oldest.isoformat() for name in read):
        JournalRead.objects.filter(name__in=journal.forget(before=oldest)).delete()
    return changed


def _apply_wishes(entries: Iterable[dict[str, Any]]) -> int:
    last: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        last |= {(entry["person"], kind): (by_mail, entry["at"]) for kind, by_mail in entry["mail"].items()}
    rows = [
        (person, kind, plan.Kind(kind) not in plan.OFF_AT_FIRST, by_mail, at)
        for (person, kind), (by_mail, at) in last.items()
    ]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_WISHES, [list(column) for column in zip(*rows, strict=True)])
        changed: int = cursor.rowcount
    return changed


def _apply_erasures(entries: Iterable[dict[str, Any]]) -> int:
    """Shut the accounts that were deleted before, and have them deleted again by the job that does so."""
    gone = [entry["person"] for entry in entries]
    return User.objects.filter(public_id__in=gone).update(is_active=False, leaving_since=_LONG_AGO) if gone else 0


def _apply_sharing(entry: dict[str, Any]) -> bool:
    """End a sharing, or share as far as was said last; what the database knows is not done again."""
    if entry["kind"] not in {"ended", "level", "exception"}:
        return False
    moment = dt.datetime.fromisoformat(entry["at"])
    live = Supervision.objects.live().filter(public_id=entry["sharing"]).select_related("student").first()
    if live is None:
        return False
    if entry["kind"] == "ended":
        end(supervision=live, by=live.student, at=moment)
        return True
    if entry["kind"] == "exception":
        return _apply_exception(live, entry, moment)
    if live.level_at is None or live.level_at >= moment:  # not accepted yet, as far as is known, or set anew
        return False
    return change_level(supervision=live, level=entry["level"], by=live.student, at=moment)


def _apply_exception(live: Supervision, entry: dict[str, Any], at: dt.datetime) -> bool:
    """Hide what was hidden, and show what was shown; what somebody said of it later stands."""
    application = Application.objects.visible_to(live.student).filter(public_id=entry["application"]).first()
    if application is None or live.is_pending:
        return False
    if live.events.filter(application=application, at__gte=at).exists():
        return False
    shows_pay = entry["shows_pay"] and Offer.objects.filter(application=application, pay__isnull=False).exists()
    return set_exception(
        supervision=live, application=application, is_hidden=entry["is_hidden"], shows_pay=shows_pay,
        by=live.student, at=at,
    )  # fmt: skip


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
