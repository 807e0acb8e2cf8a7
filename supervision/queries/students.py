"""A supervisor's first page: students by name, each as far as they share."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import User
from companies.queries.pages import Page
from supervision.asking import WORDINGS
from supervision.models import Request, Supervision, SupervisionQuerySet
from supervision.queries.counts import Figures, figures_by_student
from tracker.lib import dates

_WEEK = dt.timedelta(days=7)
YEARS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One line of the list."""

    supervision: Supervision
    name: str
    initials: str
    url: str
    year: str
    shares: str
    figures: Figures
    next_date: str
    asked: str


class Show(StrEnum):
    """Which students: all, those who ask for something, those with a date within a week."""

    ALL = ""
    ASKED = "asked"
    WEEK = "week"


type Asked = dict[int, list[str]]


def asked_of(supervisor: User) -> Asked:
    """Return what waits for this supervisor's answer, by sharing: "Reference letter", "Help"; one query."""
    asked: Asked = {}
    waiting = Request.objects.waiting_for(supervisor).order_by("due_on", "pk")
    for key, kind in waiting.values_list("supervision", "kind"):
        asked.setdefault(key or 0, []).append(WORDINGS[kind].label)
    return asked


def student_page(
    supervisor: User,
    asked: Asked,
    *,
    at: dt.datetime,
    on: dt.date,
    after: str,
    size: int,
    show: Show = Show.ALL,
) -> Page[StudentRow]:
    """Return the students who share something with this person, by name, from the one after the given public id."""
    shared = _shown(Supervision.objects.shared_with(supervisor), show, asked, at=at, on=on).select_related("student")
    found = _after(shared, after).order_by(Lower("student__name"), "student__email", "pk")
    rows = list(found[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    figures = figures_by_student(rows, on=on, at=at)
    lines = [_line(row, figures.get(row.student_id, Figures()), asked.get(row.pk, []), supervisor, on) for row in rows]
    return Page(lines, ("student", "students"), rows[-1].student.public_id if more else "")


def _line(row: Supervision, figures: Figures, asked: list[str], reader: User, on: dt.date) -> StudentRow:  # noqa: PLR0917
    return StudentRow(
        supervision=row,
        name=str(row.student),
        initials=row.student.initials,
        url=reverse("supervision:student", kwargs={"student": row.student.public_id}),
        year=year_words(row.student.phd_year(on)),
        shares=row.scope.label,
        figures=figures,
        next_date=_next_date(row, figures, reader),
        asked=", ".join(asked),
    )


def _shown(
    shared: SupervisionQuerySet, show: Show, asked: Asked, *, at: dt.datetime, on: dt.date
) -> SupervisionQuerySet:
    if show is Show.ASKED:
        return shared.filter(pk__in=list(asked))
    if show is Show.WEEK:
        rows, last = list(shared), on + _WEEK
        figures = figures_by_student(rows, on=on, at=at)
        shown = ((row, figures.get(row.student_id, Figures())) for row in rows)
        near = [row.pk for row, one in shown if any(day <= last for day, _ in _days(row, one, None))]
        return shared.filter(pk__in=near)
    return shared


def year_words(year: int | None) -> str:
    """Return "Third year"; from the seventh on, and when the start is unknown, as little as there is to say."""
    if year is None:
        return ""
    return f"{YEARS[year - 1]} year" if year <= len(YEARS) else f"Year {year}"


def _after(shared: QuerySet[Supervision], public_id: str) -> QuerySet[Supervision]:
    """Keep what comes after this student; an id that is not among them starts at the top."""
    known = shared.filter(student__public_id=public_id) if public_id else shared.none()
    last = known.values_list(Lower("student__name"), "student__email").first()
    if last is None:
        return shared
    name, email = last
    named = shared.alias(by_name=Lower(F("student__name")))
    return named.filter(Q(by_name__gt=name) | Q(by_name=name, student__email__gt=email))


def _next_date(row: Supervision, figures: Figures, reader: User) -> str:
    """Say what comes first of the next interview and the next closing day, as far as the level opens them."""
    if found := _days(row, figures, reader.tz):
        day, what = min(found)
        return f"{dates.day(day)}, {what}"
    return ""


def _days(row: Supervision, figures: Figures, zone: dt.tzinfo | None) -> list[tuple[dt.date, str]]:
    """Return those days, in this zone."""
    found = []
    if figures.interview_at is not None:
        found.append((figures.interview_at.astimezone(zone).date(), "interview"))
    if row.scope.applications and figures.closes_on is not None:
        found.append((figures.closes_on, "closing day"))
    return found
