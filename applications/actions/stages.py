"""Moving an application between stages, closing and reopening it: the only code that sets its stage.

Each change is one dated event, recorded under the lock of the application and only while it is in the stage that was
seen. Two tabs that move the same application at once end with one move; the other one raises StaleError.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from applications.actions.guarding import lock_application
from applications.history import Standing, Step, follow, stage_before_closing, standing
from applications.models import MINE, Application, Event
from applications.queries.sql import fetch
from applications.stage import ACTIVE, CLOSING_OUTCOMES, Outcome, Stage, look
from applications.taking_back import stale
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


def move_many(*, applications: Sequence[Application], step: Step, by: User, at: dt.datetime) -> list[Application]:
    """Take one step with many of a person's applications; return those that it moved."""
    return move_each(moves=[(one, step) for one in applications], by=by, at=at)


@transaction.atomic
def move_each(*, moves: Sequence[tuple[Application, Step]], by: User, at: dt.datetime) -> list[Application]:
    """Take a step with each of a person's applications, in three statements; return those that it moved.

    Each is dated and recorded as if it were moved alone. One that is there already, or has changed since it was read,
    stays as it is.
    """
    step_of = {one.pk: step for one, step in moves}
    waiting = [one for one, step in moves if (one.stage, one.outcome) != (step.stage, step.outcome)]
    events = Event.objects.filter(application__in=waiting).exclude(stage="").order_by("application_id", "-on", "-pk")
    latest = dict(events.distinct("application_id").values_list("application_id", "on"))
    steps = {one.pk: _not_before(step_of[one.pk], latest.get(one.pk, one.stage_since)) for one in waiting}
    rows = [_move_row(one, follow(_standing(one), steps[one.pk])) for one in waiting]
    moved = {pk for (pk,) in fetch(_MOVE_MANY, {"me": by.pk, "at": at, "rows": json.dumps(rows, default=str)})}
    done = [one for one in waiting if one.pk in moved]
    Event.objects.bulk_create([_recorded(one, steps[one.pk], by) for one in done])
    return done


def _not_before(step: Step, day: dt.date) -> Step:
    return replace(step, on=max(step.on, day))


@transaction.atomic
def restate(*, application: Application, at: dt.datetime | None = None) -> Application:
    """Tell stage and days anew from the events, after one of them changed; without a moment only if they differ."""
    application = Application.objects.select_related("company").select_for_update(of=("self",)).get(pk=application.pk)
    events = list(_stage_events(application))
    for event, came_from in (wrong := _wrong_ways(events)):
        event.came_from = came_from
    Event.objects.bulk_update([event for event, _ in wrong], ["came_from"])
    told = _told(events)
    if at or told != _standing(application):
        _show(application, told, at or application.updated_at)
        _write(application)
    return application


def told_wrong(applications: Iterable[Application]) -> set[int]:
    """Return the keys of those that do not stand where their events say, in one query for however many.

    StaleError when one has no event left that says where it stands.
    """
    rows = {application.pk: application for application in applications}
    events: dict[int, list[Event]] = {pk: [] for pk in rows}
    for event in Event.objects.filter(application__in=rows).exclude(stage="").order_by("on", "pk"):
        events[event.application_id].append(event)
    if not all(events.values()):
        raise stale()
    return {pk for pk, row in rows.items() if _told(events[pk]) != _standing(row) or _wrong_ways(events[pk])}


def _told(events: Iterable[Event]) -> Standing:
    return standing(Step(event.on, event.stage, event.outcome) for event in events)


def _wrong_ways(events: Sequence[Event]) -> list[tuple[Event, str]]:
    """Return the entries that do not say from which stage they came, each with that stage."""
    stages = ["", *(event.stage for event in events)]
    return [(event, before) for event, before in zip(events, stages, strict=False) if event.came_from != before]


def _expect(application: Application, seen: str | None) -> None:
    if seen is not None and application.stage != seen:
        raise _stale(application)


def _stale(application: Application) -> StaleError:
    now = look(application.stage, application.outcome).label
    return StaleError(f"This changed in another tab: it is in {now} now. Nothing was moved.")


@transaction.atomic
def _change(application: Application, step: Step, by: User, at: dt.datetime) -> Event | None:
    """Record one step, if the stage is still as it was read; the step is never dated before the one it follows.

    None when another request took the same step first, as the second click of a double click finds it.
    """
    seen, held = _standing(application), _standing(lock_application(application, by))
    _show(application, held, application.updated_at)
    if (held.stage, held.outcome) != (seen.stage, seen.outcome):
        if (held.stage, held.outcome) == (step.stage, step.outcome):
            return None
        raise _stale(application)
    latest = _stage_events(application).values_list("on", flat=True).last()
    step = replace(step, on=max(step.on, latest or held.since))
    event = _recorded(application, step, by)
    event.save(force_insert=True)
    _show(application, follow(held, step), at)
    _write(application)
    return event


def _recorded(application: Application, step: Step, by: User) -> Event:
    """Make the entry of a step from where the application stands."""
    return Event(
        application=application,
        kind=Event.Kind.STAGE,
        on=step.on,
        stage=step.stage,
        came_from=application.stage,
        outcome=step.outcome,
        by=by,
    )


_MOVE_MANY = f"""
    UPDATE applications_application a
    SET stage = r.stage, stage_since = r.since, outcome = r.outcome, applied_on = r.applied_on, updated_at = %(at)s
    FROM json_to_recordset(%(rows)s) AS r(id bigint, seen text, seen_since date, seen_outcome text, stage text,
        since date, outcome text, applied_on date)
    WHERE a.id = r.id AND {MINE} AND a.stage = r.seen AND a.stage_since = r.seen_since AND a.outcome = r.seen_outcome
    RETURNING a.id
"""  # noqa: S608 - constants


def _move_row(application: Application, now: Standing) -> dict[str, object]:
    seen = _standing(application)
    before = {"id": application.pk, "seen": seen.stage, "seen_since": seen.since, "seen_outcome": seen.outcome}
    return before | {"stage": now.stage, "since": now.since, "outcome": now.outcome, "applied_on": now.applied_on}


def _standing(application: Application) -> Standing:
    return Standing(application.stage, application.stage_since, application.outcome, application.applied_on)


def _show(application: Application, now: Standing, at: dt.datetime) -> None:
    application.stage, application.stage_since = now.stage, now.since
    application.outcome, application.applied_on, application.updated_at = now.outcome, now.applied_on, at


def _write(application: Application) -> None:
    names = ("stage", "stage_since", "outcome", "applied_on", "updated_at")
    Application.objects.filter(pk=application.pk).update(**{name: getattr(application, name) for name in names})


def _stage_events(application: Application) -> QuerySet[Event]:
    """In their order: by day, and within a day as they were recorded."""
    return Event.objects.filter(application=application).exclude(stage="").order_by("on", "pk")


def _steps(application: Application) -> list[Step]:
    return [Step(*row) for row in _stage_events(application).values_list("on", "stage", "outcome")]
