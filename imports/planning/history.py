"""The history that a row tells: which stage was entered on which day, in the order of the days. Pure."""

import datetime as dt
from functools import lru_cache

from applications.history import Step, standing
from applications.stage import UNSENT, Stage

type Told = dict[str, object]
"""Columns of a row of the database, as JSON writes them."""


def steps_of(
    *,
    stage: str,
    outcome: str,
    since: dt.date | None,
    applied_on: dt.date | None,
    added_on: dt.date | None,
    on: dt.date,
) -> list[Step]:
    """Return the steps to this stage; without a day of its own it is entered `on`, the day of the import.

    No step is dated before the one that it follows, as everywhere.
    """
    if stage in UNSENT:
        day = since or added_on or on
        is_later = stage == Stage.PREPARING and added_on is not None and added_on < day
        return [*_noted(added_on if is_later else None), Step(day, stage)]
    last = (applied_on if stage == Stage.APPLIED else None) or since or on
    noted = added_on if added_on and added_on < (applied_on or last) else None
    steps = _noted(noted)
    if applied_on and stage != Stage.APPLIED:
        steps.append(Step(applied_on, Stage.APPLIED))
    if stage == Stage.CLOSED and not steps:
        steps.append(Step(last, Stage.INTERESTED))
    return [*steps, Step(max([last, *(step.on for step in steps)]), stage, outcome)]


def _noted(day: dt.date | None) -> list[Step]:
    return [Step(day, Stage.INTERESTED)] if day else []


@lru_cache(maxsize=20_000)
def told_by(  # noqa: PLR0917 - remembered by position: many rows of a file share their days
    stage: str,
    outcome: str,
    since: dt.date | None,
    applied_on: dt.date | None,
    added_on: dt.date | None,
    on: dt.date,
) -> tuple[Told, list[Told]]:
    """Return standing and entries, as columns, of a row with these days; whoever changes them makes copies."""
    steps = steps_of(stage=stage, outcome=outcome, since=since, applied_on=applied_on, added_on=added_on, on=on)
    return standing_of(steps), events_of(steps)


def standing_of(steps: list[Step]) -> Told:
    """Return where an application stands after these steps, by column."""
    now = standing(steps)
    return {
        "stage": now.stage,
        "stage_since": now.since.isoformat(),
        "outcome": now.outcome,
        "applied_on": now.applied_on.isoformat() if now.applied_on else None,
    }


def events_of(steps: list[Step]) -> list[Told]:
    """Return the entries of the timeline, by column, without their ids; the first says that it was added."""
    before = ["", *(step.stage for step in steps)]
    return [
        {
            "kind": "stage" if came_from else "added",
            "on": step.on.isoformat(),
            "stage": step.stage,
            "came_from": came_from,
            "outcome": step.outcome,
        }
        for step, came_from in zip(steps, before, strict=False)
    ]
