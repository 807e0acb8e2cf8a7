"""Tells what may still go out from what may not, by the facts of the moment."""

import datetime as dt
from collections.abc import Iterable

from reminders.models import Delivery
from reminders.queries.facts import Facts


def settle(found: Iterable[Facts], *, at: dt.datetime) -> list[Facts]:
    """Return what may go out; give the rest (moved, stopped, closed, paused, too late) its final state."""
    allowed: list[Facts] = []
    final: dict[str, list[int]] = {}
    for facts in found:
        standing = facts.standing(at)
        if standing == Delivery.State.PENDING:
            allowed.append(facts)
        else:
            final.setdefault(standing, []).append(facts.delivery.pk)
    for state, ids in final.items():
        Delivery.objects.filter(pk__in=ids).update(state=state, lease_token=None)
    return allowed
