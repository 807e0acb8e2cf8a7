"""Moving an application between stages, closing and reopening it: the only code that sets its stage.

Each change is one conditional UPDATE that holds only while the row is as it was seen, and one dated event. Two tabs
that move the same application at once end with one move; the other one raises StaleError.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from applications.history import Standing, Step, follow, stage_before_closing, standing
from applications.models import Application, Event
from applications.stage import ACTIVE, CLOSING_OUTCOMES, Outcome, Stage, look
from tracker.lib.errors import DomainError, StaleError

UNKNOWN_STAGE = "Choose a stage from the list."
LONGEST_REASON = 5_000


def move(
    *,
    application: Application,
    to: str,
    by: User,
    at: dt.datetime,
    on: dt.date,
    expected_stage: str | None = None,
) -> Event | None:
    """Move to an open stage; return the event, or None when it is there already.

    `expected_stage` is what the person saw when deciding: if it is another one by now, nothing is moved.
    """
    if to == Stage.CLOSED:
        raise DomainError("Choose how it ended.", field="outcome")
    if to not in ACTIVE:
        raise DomainError(UNKNOWN_STAGE, field="stage")
    if application.stage == to:
        return None
    _expect(application, expected_stage)
    return _change(application, Step(on, to), by, at)


def close(
    *,
    application: Application,
    outcome: str,
    reason: str,
    by: User,
    at: dt.datetime,
    on: dt.date,
    expected_stage: str | None = None,
) -> Event | None:
    """Close with an outcome and a private reason, which may be empty; return the event, or None without news."""
    if outcome not in dict(CLOSING_OUTCOMES):
        raise DomainError("Choose how it ended.", field="outcome")
    reason = reason.strip()
    if "\0" in reason or len(reason) > LONGEST_REASON:
        raise DomainError(f"Use at most {LONGEST_REASON:,} characters, in plain text.", field="reason")
    same = application.stage == Stage.CLOSED and application.outcome == outcome
    if same and application.closing_reason == reason:
        return None
    if not same:
        _expect(application, expected_stage)
    with transaction.atomic():
        event = None if same else _change(application, Step(on, Stage.CLOSED, outcome), by, at)
        application.closing_reason = reason
        application.save(update_fields=["closing_reason"])
    return event


def reopen(*, application: Application, by: User, at: dt.datetime, on: dt.date, to: str = "") -> Event | None:
    """Take a closed application back to the stage it was closed in, or to another; None when it is open."""
    if application.stage != Stage.CLOSED:
        return None
    to = to or stage_before_closing(_steps(application))
    return move(application=application, to=to, by=by, at=at, on=on, expected_stage=Stage.CLOSED)


def accept_offer(*, application: Application, by: User, at: dt.datetime, on: dt.date) -> Event | None:
    """Accept an offer: the application stays in the stage Offer, as accepted; None when it was accepted before."""
    if application.stage != Stage.OFFER:
        raise DomainError("Move it to Offer first, then accept.", field="stage")
    if application.outcome == Outcome.ACCEPTED:
        return None
    return _change(application, Step(on, Stage.OFFER, Outcome.ACCEPTED), by, at)


@transaction.atomic
def restate(*, application: Application, at: dt.datetime | None = None) -> Application:
    """Tell stage and days anew from the events, after one of them changed; without a moment only if they differ."""
    application = Application.objects.select_related("company").select_for_update(of=("self",)).get(pk=application.pk)
    told = standing(_steps(application))
    if at or told != _standing(application):
        _show(application, told, at or application.updated_at)
        application.save(update_fields=["stage", "stage_since", "outcome", "applied_on", "updated_at"])
    return application


def _expect(application: Application, seen: str | None) -> None:
    if seen is not None and application.stage != seen:
        raise _stale(application)


def _stale(application: Application) -> StaleError:
    now = look(application.stage, application.outcome).label
    return StaleError(f"This changed in another tab: it is in {now} now. Nothing was moved.")


@transaction.atomic
def _change(application: Application, step: Step, by: User, at: dt.datetime) -> Event | None:
    """Record one step, if the row is still as it was read; the step is never dated before the one it follows.

    None when another request took the same step first, as the second click of a double click finds it.
    """
    seen = _standing(application)
    latest = _stage_events(application).values_list("on", flat=True).last()
    step = Step(max(step.on, latest or seen.since), step.stage, step.outcome)
    now = follow(seen, step)
    changed = Application.objects.filter(
        pk=application.pk, stage=seen.stage, outcome=seen.outcome, stage_since=seen.since
    ).update(stage=now.stage, stage_since=now.since, outcome=now.outcome, applied_on=now.applied_on, updated_at=at)
    if not changed:
        application.refresh_from_db(fields=["stage", "stage_since", "outcome", "applied_on"])
        if (application.stage, application.outcome) == (step.stage, step.outcome):
            return None
        raise _stale(application)
    _show(application, now, at)
    return Event.objects.create(
        application=application,
        kind=Event.Kind.STAGE,
        on=step.on,
        stage=step.stage,
        came_from=seen.stage,
        outcome=step.outcome,
        by=by,
    )


def _standing(application: Application) -> Standing:
    return Standing(application.stage, application.stage_since, application.outcome, application.applied_on)


def _show(application: Application, now: Standing, at: dt.datetime) -> None:
    application.stage, application.stage_since = now.stage, now.since
    application.outcome, application.applied_on, application.updated_at = now.outcome, now.applied_on, at


def _stage_events(application: Application) -> QuerySet[Event]:
    """In the order in which they were recorded, which correcting a day does not change."""
    return Event.objects.filter(application=application).exclude(stage="").order_by("pk")


def _steps(application: Application) -> list[Step]:
    return [Step(*row) for row in _stage_events(application).values_list("on", "stage", "outcome")]
