"""The plan of a season as the page shows it: steps in order, and their days in words."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications.queries.sql import fetch
from applications.season.planning import FIXED, Frame, Override, Scheme, Step, derive, honest_words, merge
from applications.season.spans import span_words
from companies.windows import checked_words
from tracker.lib.dates import MONTHS, full_day
from tracker.templatetags.waymark import pill_html

type Other = tuple[dt.date, dt.date, str, str, str]
"""First day, last day, title, note and address of something that another app has in the plan."""

MORE: dict[str, tuple[str, Callable[[list[list[Any]], dt.date, dt.date], Iterable[Other]]]] = {}
"""What other apps have in a plan: SQL that gives one JSON array of it and knows %(me)s, and who tells of it what lies
between two days; added when they are ready."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the plan."""

    key: str
    when: str
    title: str
    note: str
    state: str
    pill: SafeString
    url: str
    link: str

    @property
    def is_done(self) -> bool:
        """Whether it is ticked off."""
        return self.state == "done"


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


def plan_view(
    frame: Frame,
    overrides: list[Override],
    on: dt.date,
    said: Mapping[str, tuple[str, str, str]],
    *,
    others: Iterable[Other] = (),
) -> PlanView:
    """Put the plan into words, with what other apps have in these days.

    said: title, note and pill of steps that the numbers of the season speak about.
    """
    shown, removed = merge(derive(frame), overrides)
    base = reverse("applications:window") + "steps/"
    lines = [(step.begins_on, _line(step, on, said.get(step.key), base)) for step in shown]
    lines += [(begins, _other(begins, rest, on)) for begins, *rest in others]
    ordered = [line for _, line in sorted(lines, key=lambda one: one[0])]
    return PlanView(ordered, [_line(step, on, None, base) for step in removed], honest_words(frame, on))


def whole_plan(student: User, season_id: int, frame: Frame) -> tuple[list[Override], list[Other]]:
    """Return what the student changed, and what other apps have between the opening and the start: one query."""
    facts = {"me": student.pk, "season": season_id}
    steps, *more = fetch(f"SELECT ({STEPS}){''.join(f', ({sql})' for sql, _ in MORE.values())}", facts)[0]
    told = zip(MORE.values(), more, strict=True)
    others = [other for (_, tell), rows in told for other in tell(rows or [], frame.opens_on, frame.starts_on)]
    return [override_of(row) for row in steps or []], others


STEPS = """SELECT json_agg(
    json_build_array(p.key, p.public_id, p.title, p.begins_on, p.ends_on, p.is_removed, p.done_on)
    ORDER BY p.begins_on, p.id
) FROM applications_planstep p WHERE p.student_id = %(me)s AND p.season_id = %(season)s"""
"""What a student changed in the plan of a season, as one JSON array."""


def override_of(row: list[Any]) -> Override:
    """Read one row of STEPS."""
    key, public_id, title, begins, ends, removed, done = row
    days = _day(begins), _day(ends)
    return Override(key or public_id, title, *days, is_own=not key, is_removed=removed, done_on=_day(done))


def overrides_of(student: User, season_id: int) -> list[Override]:
    """Return what the student changed, in one query."""
    ((rows,),) = fetch(STEPS, {"me": student.pk, "season": season_id})
    return [override_of(row) for row in rows or []]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def step_of(frame: Frame, overrides: list[Override], key: str) -> Step | None:
    """Return one step that can be changed, shown or taken out; nothing for start, end and what is unknown."""
    shown, removed = merge(derive(frame), overrides)
    return next((step for step in shown + removed if step.key == key and key not in FIXED), None)


def usual_span(frame: Frame, key: str) -> tuple[dt.date, dt.date]:
    """Return the days that a derived step has by itself."""
    return next((step.begins_on, step.ends_on) for step in derive(frame) if step.key == key)


def _other(begins: dt.date, rest: Sequence[Any], on: dt.date) -> StepLine:
    ends, title, note, link = rest
    state = "now" if begins <= on <= ends else "past" if ends < on else ""
    when = "Now" if state == "now" else span_words(begins, ends, on, is_exact=True)
    key = link.strip("/").rpartition("/")[2]
    return StepLine(key, when, title, note, state, pill_html("Conference", "outline", "people"), "", link)


_HELPS = {
    "summary": "applications:documents",
    "apply": "applications:board",
    "rounds": "applications:questions",
    "decide": "applications:offers",
}


def _link(key: str) -> str:
    """Return the page that helps with a step."""
    if key == "scheme":
        return f"{reverse('companies:postings')}?kind=scheme"
    if key == "referrals":
        return f"{reverse('guide')}#way-in"
    return reverse(_HELPS[key]) if key in _HELPS else ""


def _line(step: Step, on: dt.date, said: tuple[str, str, str] | None, base: str) -> StepLine:
    title, note, pill = said or (step.title, step.note, "")
    state = _state(step, on)
    if step.done_on:
        note = f"Done {full_day(step.done_on).rpartition(' ')[0]}"
    elif state == "past":
        note = "The usual time is over: do it next, or tick it off"
    when = "Now" if state == "now" else span_words(step.begins_on, step.ends_on, on, is_exact=step.is_exact)
    url = "" if step.key in FIXED else f"{base}{step.key}/"
    return StepLine(step.key, when, title, note, state, _pill(step, pill), url, _link(step.key))


def _pill(step: Step, said: str) -> SafeString:
    if step.done_on:
        return pill_html("Done", "ok", "check-lg")
    if step.key == "scheme":
        return pill_html("Scheme", "outline", "mortarboard")
    return pill_html(said) if said else SafeString()


def _state(step: Step, on: dt.date) -> str:
    if step.done_on:
        return "done"
    if step.begins_on <= on <= step.ends_on:
        return "now"
    return "past" if step.ends_on < on and step.key not in FIXED | {"scheme"} and not step.is_own else ""


_SCHEME = """
    SELECT y.closes_on, y.state, y.checked_on, c.name FROM companies_cycle y
    JOIN companies_programme p ON p.id = y.programme_id JOIN companies_company c ON c.id = p.company_id
    WHERE y.season_id = %(season)s AND p.kind = 'scheme' AND y.state <> 'closed' AND y.closes_on IS NOT NULL
    AND (c.approved_at IS NOT NULL OR c.proposed_by_id = %(me)s) ORDER BY y.closes_on, y.id LIMIT 1
"""


def _scheme(student: User, season_id: int) -> Scheme | None:
    """Return the scheme of the season that closes first, as the shared list knows it."""
    for closes_on, state, checked_on, company in fetch(_SCHEME, {"me": student.pk, "season": season_id}):
        if state == "confirmed":
            note = f"{company}, {full_day(closes_on)}. {checked_words(checked_on)}"
            return Scheme(closes_on, is_exact=True, note=note)
        month = MONTHS[closes_on.month - 1]
        return Scheme(closes_on, is_exact=False, note=f"{company}, expected in {month}; check the exact date")
    return None
