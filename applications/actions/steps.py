"""Changes to single steps of a plan. A derived step is named by its key, a student's own by its public id."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from accounts.models import User
from applications.models import PlanStep
from applications.season.planning import FIXED, WORDS
from companies.models import Season
from tracker.lib.errors import DomainError, StaleError

type Span = tuple[dt.date | None, dt.date | None]


def add_step(
    *, student: User, season: Season, title: str, begins_on: dt.date, ends_on: dt.date | None = None
) -> PlanStep:
    """Add a step of the student's own; the same one twice, as after a double click, is one."""
    _in_order(begins_on, ends_on)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=student.pk)
        own = PlanStep.objects.visible_to(student).filter(season=season, key="")
        same = own.filter(title=title, begins_on=begins_on, ends_on=ends_on).order_by("pk").first()
        if same is None and own.count() >= settings.WAYMARK_OWN_STEPS:
            raise DomainError(f"Keep at most {settings.WAYMARK_OWN_STEPS} steps of your own.")
        return same or PlanStep.objects.create(
            student=student, season=season, title=title, begins_on=begins_on, ends_on=ends_on
        )


def move_step(*, student: User, season: Season, key: str, span: Span, seen: Span, usual: Span) -> PlanStep:
    """Move a derived step; without days, or with its usual ones, it follows the plan again.

    StaleError when the days it stands at are neither those that were `seen` nor those it is to get.
    """
    span = (span[0], span[1] or span[0])
    _in_order(*span)
    with transaction.atomic():
        step = _locked_step(student, season, key)
        now = (step.begins_on, step.ends_on or step.begins_on) if step.begins_on else usual
        if now not in {seen, span}:
            raise StaleError("This step changed in another tab.")
        step.begins_on, step.ends_on = (None, None) if span == usual else span
        step.save()
    return step


def edit_step(*, student: User, season: Season, key: str, title: str, span: Span, seen: tuple[str, Span]) -> PlanStep:
    """Change a step of the student's own."""
    _in_order(*span)
    with transaction.atomic():
        step = _locked_step(student, season, key)
        if (step.title, (step.begins_on, step.ends_on)) not in {seen, (title, span)}:
            raise StaleError("This step changed in another tab.")
        step.title, step.begins_on, step.ends_on = title, *span
        step.save()
    return step


def tick_step(*, student: User, season: Season, key: str, done_on: dt.date | None) -> PlanStep:
    """Tick a step off, or take the tick away; a tick keeps its first day."""
    with transaction.atomic():
        step = _locked_step(student, season, key)
        step.done_on = (step.done_on or done_on) if done_on else None
        step.save(update_fields=["done_on"])
    return step


def take_out_step(*, student: User, season: Season, key: str, out: bool) -> None:
    """Take a derived step out of the plan or put it back with the days it had; an own one is deleted."""
    with transaction.atomic():
        step = _locked_step(student, season, key)
        if out and not step.key:
            step.delete()
            return
        step.is_removed = out and bool(step.key)
        step.save(update_fields=["is_removed"])


def _locked_step(student: User, season: Season, key: str) -> PlanStep:
    mine = PlanStep.objects.visible_to(student).select_for_update().filter(season=season)
    if key in WORDS and key not in FIXED:
        PlanStep.objects.get_or_create(student=student, season=season, key=key)
        return mine.get(key=key)
    step = mine.filter(key="", public_id=key).first()
    if step is None:
        raise StaleError("This step was deleted in another tab.")
    return step


def _in_order(begins_on: dt.date | None, ends_on: dt.date | None) -> None:
    if ends_on and begins_on is None:
        raise DomainError("Enter the first day, or leave both empty.", field="begins_on")
    if begins_on and ends_on and ends_on < begins_on:
        raise DomainError("The last day is before the first.", field="ends_on")
