"""Changes to the window of a programme in one season: confirmed, moved, closed; who follows it is told."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import User
from companies.models import Cycle, CycleMove
from tracker.lib.errors import DomainError

_TOLD = ("state", "opens_on", "closes_on", "zone")
"""What followers are told of."""


def save_cycle(*, cycle: Cycle, by: User | None, at: dt.datetime) -> None:
    """Save a cycle, and write down what it said before when its days or its state are other ones now."""
    try:
        with transaction.atomic():
            before = Cycle.objects.select_for_update().filter(pk=cycle.pk).first()
            cycle.save()
            if before and any(getattr(before, name) != getattr(cycle, name) for name in _TOLD):
                told = {f"{name}_before": getattr(before, name) for name in _TOLD}
                CycleMove.objects.create(cycle=cycle, at=at, by=by, **told)
    except IntegrityError:
        raise DomainError("This programme has a window for that season already.", field="season") from None
