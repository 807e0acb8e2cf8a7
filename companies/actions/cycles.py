"""Windows of programmes: confirmed, moved, closed, who follows one is told; and rolled forward from earlier years."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts.models import User
from companies.actions.seasons import make_seasons
from companies.expecting import Expected, expected
from companies.models import Cycle, CycleMove, Season
from companies.queries.histories import History, histories
from companies.terms import summer_applied_for
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


def expect_next(*, at: dt.datetime) -> int:
    """Expect the windows of the season that one applies for, of programmes that had earlier ones; return how many.

    By the middle of the days on which they opened and closed, or were first seen, in earlier years: see `expecting`.
    What is there already, expected or announced, stays as it is.
    """
    year = summer_applied_for(at.date())
    with transaction.atomic():
        season = make_seasons([year])[year]
        made = [cycle for one in histories(season) if (cycle := _expected_cycle(one, season, year)) is not None]
        return len(Cycle.objects.bulk_create(made, ignore_conflicts=True))


def _expected_cycle(history: History, season: Season, year: int) -> Cycle | None:
    opens, closes = (expected(days, year) for days in (history.openings, history.closings))
    if opens is None and closes is None:
        return None
    said = [_said("opened", opens, history.seen), _said("closed", closes, {})]
    return Cycle(
        programme_id=history.programme_id,
        season=season,
        state=Cycle.State.EXPECTED,
        opens_on=opens.middle if opens else None,
        closes_on=closes.middle if closes else None,
        zone=history.zone,
        source_url=history.source_url,
        source_note=f"From earlier years: {'; '.join(filter(None, said))}."[:500],
    )


def _said(verb: str, days: Expected | None, seen: Mapping[int, dt.date]) -> str:
    if days is None:
        return ""
    by = f", {len(seen)} of them by the first posting seen" if seen else ""
    return f"{verb} {days.words}{by}"
