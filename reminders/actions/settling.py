"""Tells what may still go out from what may not, by the facts of the moment."""

import datetime as dt
from collections.abc import Iterable

from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries.facts import Facts

URGENCY = {rule: number for number, rule in enumerate(Rule)}


def settle(found: Iterable[Facts], *, at: dt.datetime) -> list[Facts]:
    """Return what may go out; give the rest (moved, stopped, closed, paused, too late) its final state.

    Of several about one thing only the most urgent goes out; the others say by `carrier` which one took their place.
    """
    allowed: list[Facts] = []
    final: dict[str, list[int]] = {}
    for facts in found:
        standing = facts.standing(at)
        if standing == Delivery.State.PENDING:
            allowed.append(facts)
        else:
            final.setdefault(standing, []).append(facts.delivery.pk)
    for state, ids in final.items():
        Delivery.objects.filter(pk__in=ids).update(state=state, lease_token=None, carrier=None)
    return _most_urgent(allowed)


def urgency(row: Delivery) -> tuple[int, float]:
    """Return what sorts the most urgent first: by rule, and of one rule the one that is due last."""
    return URGENCY[Rule(row.rule)], -row.due_at.timestamp()


def _most_urgent(allowed: list[Facts]) -> list[Facts]:
    """Keep one of those about the same thing to the same person; the planner must not bring the others back."""
    first: dict[object, Delivery] = {}
    for facts in sorted(allowed, key=lambda facts: urgency(facts.delivery)):
        first.setdefault(_subject(facts.delivery), facts.delivery)
    over = [facts.delivery for facts in allowed if first[_subject(facts.delivery)] is not facts.delivery]
    for row in over:
        row.carrier = first[_subject(row)]
        row.state, row.lease_token = Delivery.State.SUPERSEDED, None
    if over:
        Delivery.objects.bulk_update(over, ["carrier", "state", "lease_token"])
    return [facts for facts in allowed if facts.delivery.state != Delivery.State.SUPERSEDED]


def _subject(row: Delivery) -> tuple[object, ...]:
    """Return what a row is about; one about nothing of these is alone with itself."""
    about = (row.round_id, row.application_id, row.season_id, row.cycle_id)
    return (row.person_id, row.channel, *about) if any(about) else (row.pk,)
