"""What stage an application is in, told from its dated events: the one rule, used by every change. Pure.

Events are in the order of their days, and within a day as they were recorded.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from applications.stage import SENT, Stage

_ORDER = [stage.value for stage in Stage]


@dataclass(frozen=True, slots=True)
class Step:
    """An event that names a stage."""

    on: dt.date
    stage: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands, since when, and when it was sent (None: it was not)."""

    stage: str
    since: dt.date
    outcome: str = ""
    applied_on: dt.date | None = None


def begin(step: Step) -> Standing:
    """Return the standing after the first event."""
    sent = step.stage in SENT
    return Standing(step.stage, step.on, step.outcome, step.on if sent else None)


def follow(standing: Standing, step: Step) -> Standing:
    """Return the standing after one more event.

    An application counts as sent from the day it reaches Applied or a later stage; going back to Preparing takes
    that back, closing it does not. A step into the present stage changes the outcome only.
    """
    if step.stage == standing.stage:
        return replace(standing, outcome=step.outcome)
    applied_on = standing.applied_on
    if step.stage in SENT:
        applied_on = applied_on or step.on
    elif step.stage != Stage.CLOSED:
        applied_on = None
    return Standing(step.stage, step.on, step.outcome, applied_on)


def standing(steps: Iterable[Step]) -> Standing:
    """Return the standing after all events, in their order; there is always a first one."""
    first, *others = steps
    now = begin(first)
    for step in others:
        now = follow(now, step)
    return now


def stage_before_closing(steps: Iterable[Step]) -> str:
    """Return the last stage that was not Closed, where a reopened application goes."""
    stages = [step.stage for step in steps if step.stage != Stage.CLOSED]
    return stages[-1] if stages else Stage.INTERESTED


def begins_earlier(first: Step, step: Step) -> bool:
    """Say whether the entry an application began with must go back to the day of this one.

    That entry says where it stood when it was put down here. A later stage that is dated before it, such as "applied on
    3 November" of one that was put down as Interested on the 10th, comes after it all the same; an earlier stage, or
    the same one, is what happened before.
    """
    return step.on < first.on and _ORDER.index(step.stage) > _ORDER.index(first.stage)
