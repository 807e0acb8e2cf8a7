"""Makes a row for each occurrence that the facts ask for, exactly once, and retires those that they ask for no more."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from reminders.actions.occasions import arguments
from reminders.actions.statements import PLAN
from reminders.models import Delivery, Heartbeat
from reminders.queries.facts import facts_of

_LOCK = 0x5741594D  # "WAYM": one planner at a time; others wait, so that none misses what was just committed
_BLOCK = 500
_SETTINGS = """
SET LOCAL lock_timeout = '30s'; SET LOCAL statement_timeout = '60s'; SET LOCAL jit = off;
SET LOCAL work_mem = '128MB'; SET LOCAL join_collapse_limit = 1; SET LOCAL from_collapse_limit = 1
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """How many rows one pass made, set right (moved or wanted again) and retired."""

    made: int
    righted: int
    retired: int


def make_plan(*, at: dt.datetime) -> Planned:
    """Bring the outbox in line with the facts for what is due from 72 hours ago to 24 hours ahead.

    Safe to run at any time, any number of times, on several machines at once. What nobody ran for hours is caught up,
    because nothing remembers where the last pass ended.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # A morning of a hundred thousand on a busy machine takes longer than a page may. To compile takes longer than
        # to run, and to try every order of so many joins longer than most passes: they are written in a good one.
        cursor.execute(_SETTINGS)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        spread = max(1, int(settings.WAYMARK_SPREAD.total_seconds()))
        more = {"spread": spread, "most": settings.WAYMARK_RETIRE_MOST}
        cursor.execute(PLAN, {**arguments(at), **more})
        made, righted, unwanted = cursor.fetchone()
        if made >= settings.WAYMARK_ANALYZE_FROM:
            # Until the database counts again it takes the outbox for what it was: nearly all sent. It would then look
            # through all that is due for each row of a claim: 100 ms in place of 0.4 for 4,000 due, and more for more.
            cursor.execute("ANALYZE reminders_delivery")
        retired = _retire(unwanted, at=at)
        Heartbeat.objects.bulk_create(
            [Heartbeat(id=1, ticked_at=at)], update_conflicts=True, update_fields=["ticked_at"], unique_fields=["id"]
        )
    return Planned(made, righted, retired)


def _retire(ids: Sequence[int], *, at: dt.datetime) -> int:
    """Give rows that the facts ask for no more the state that says why; nobody is sending them."""
    retired = 0
    for start in range(0, len(ids), _BLOCK):
        rows = Delivery.objects.unsent().filter(pk__in=ids[start : start + _BLOCK])
        locked = list(rows.select_related("person").select_for_update(of=("self",), skip_locked=True).order_by("pk"))
        states: dict[str, list[int]] = {}
        for facts in facts_of(locked, at=at):
            states.setdefault(facts.standing(at), []).append(facts.delivery.pk)
        states.pop(Delivery.State.EXPIRED, None)  # told in the app first
        # A window that moved beyond the look-ahead still stands; it will be planned again when it is near.
        moved = states.pop(Delivery.State.PENDING, [])
        states.setdefault(Delivery.State.SUPERSEDED, []).extend(moved)
        for state, keys in states.items():
            retired += Delivery.objects.filter(pk__in=keys).update(state=state, carrier=None)
    return retired
