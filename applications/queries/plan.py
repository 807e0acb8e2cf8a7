"""The plan of a season as the page shows it: steps in order, and their days in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from applications.models import PlanStep
from applications.planning import FIXED, Frame, Override, Scheme, Step, derive, honest_words, merge
from applications.spans import span_words
from companies.models import Company, Cycle, Kind
from companies.windows import checked_words
from tracker.lib.dates import MONTHS, full_day


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the plan."""

    key: str
    when: str
    title: str
    note: str
    state: str
    pill: str
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan, what was taken out of it, and what is odd about the start."""

    lines: list[StepLine]
    removed: list[StepLine]
    honest: str


def frame_of(
    student: User, season_id: int, days: Mapping[str, dt.date], *, weeks: int | None, planned_on: dt.date | None
) -> Frame:
    """Return what the plan of a season is worked out from, with the season's scheme: one query."""
    scheme = _scheme(student, season_id)
    return Frame(**days, weeks=weeks, planned_on=planned_on, phd_started_on=student.phd_started_on, scheme=scheme)


def overrides_of(student: User, season_id: int) -> list[Override]:
    """Return what the student changed, in one query."""
    rows = PlanStep.objects.visible_to(student).filter(season=season_id).order_by("begins_on", "pk")
    fields = ("key", "public_id", "title", "begins_on", "ends_on", "is_removed", "done_on")
    return [
        Override(key or public_id, title, begins, ends, is_own=not key, is_removed=removed, done_on=done)
        for key, public_id, title, begins, ends, removed, done in rows.values_list(*fields)
    ]


def plan_view(
    frame: Frame, overrides: list[Override], on: dt.date, said: Mapping[str, tuple[str, str, str]]
) -> PlanView:
    """Put the plan into words; `said` has title, note and pill of steps that the numbers of the season speak about."""
    shown, removed = merge(derive(frame), overrides)
    base = reverse("applications:window") + "steps/"
    lines = [_line(step, on, said.get(step.key), base) for step in shown]
    return PlanView(lines, [_line(step, on, None, base) for step in removed], honest_words(frame, on))


def step_of(frame: Frame, overrides: list[Override], key: str) -> Step | None:
    """Return one step that can be changed, shown or taken out; nothing for start, end and what is unknown."""
    shown, removed = merge(derive(frame), overrides)
    return next((step for step in shown + removed if step.key == key and key not in FIXED), None)


def usual_span(frame: Frame, key: str) -> tuple[dt.date, dt.date]:
    """Return the days that a derived step has by itself."""
    return next((step.begins_on, step.ends_on) for step in derive(frame) if step.key == key)


def _line(step: Step, on: dt.date, said: tuple[str, str, str] | None, base: str) -> StepLine:
    title, note, pill = said or (step.title, step.note, "")
    state = _state(step, on)
    if step.done_on:
        note, pill = f"Done {full_day(step.done_on).rpartition(' ')[0]}", ""
    elif state == "past":
        note = "The usual time is over: do it next, or tick it off"
    when = "Now" if state == "now" else span_words(step.begins_on, step.ends_on, on, is_exact=step.is_exact)
    url = "" if step.key in FIXED else f"{base}{step.key}/"
    link = f"{reverse('companies:postings')}?kind=scheme" if step.key == "scheme" else ""
    return StepLine(step.key, when, title, note, state, pill, url, link)


def _state(step: Step, on: dt.date) -> str:
    if step.done_on:
        return "done"
    if step.begins_on <= on <= step.ends_on:
        return "now"
    return "past" if step.ends_on < on and step.key not in FIXED | {"scheme"} and not step.is_own else ""


def _scheme(student: User, season_id: int) -> Scheme | None:
    """Return the scheme of the season that closes first, as the shared list knows it."""
    known = Cycle.objects.filter(season=season_id, closes_on__isnull=False, programme__kind=Kind.SCHEME)
    known = known.filter(programme__company__in=Company.objects.visible_to(student)).exclude(state=Cycle.State.CLOSED)
    fields = ("closes_on", "state", "checked_on", "programme__company__name")
    row = known.order_by("closes_on", "pk").values_list(*fields).first()
    if row is None:
        return None
    closes_on, state, checked_on, company = row
    if state == Cycle.State.CONFIRMED:
        return Scheme(closes_on, is_exact=True, note=f"{company}, {full_day(closes_on)}. {checked_words(checked_on)}")
    month = MONTHS[closes_on.month - 1]
    return Scheme(closes_on, is_exact=False, note=f"{company}, expected in {month}; check the exact date")
