"""A supervisor's first page: students by name, each as far as they share."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import User
from companies.queries.pages import Page
from supervision.models import Supervision
from supervision.queries.counts import Figures, figures_by_student, next_rounds
from tracker.lib import dates

YEARS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One line of the list."""

    name: str
    initials: str
    url: str
    year: str
    shares: str
    figures: Figures
    next_date: str


def student_page(supervisor: User, *, at: dt.datetime, on: dt.date, after: str, size: int) -> Page[StudentRow]:
    """Return the students who share something with this person, by name, from the one after the given public id."""
    shared = Supervision.objects.shared_with(supervisor).select_related("student")
    found = _after(shared, after).order_by(Lower("student__name"), "student__email", "pk")
    rows = list(found[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    figures, rounds = figures_by_student(rows, on=on), next_rounds(rows, at=at)
    return Page(
        [
            StudentRow(
                name=str(row.student),
                initials=row.student.initials,
                url=reverse("supervision:student", kwargs={"student": row.student.public_id}),
                year=year_words(row.student.phd_year(on)),
                shares=row.scope.label,
                figures=figures.get(row.student_id, Figures()),
                next_date=_next_date(row, figures.get(row.student_id), rounds.get(row.student_id), supervisor),
            )
            for row in rows
        ],
        ("student", "students"),
        rows[-1].student.public_id if more else "",
    )


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


def _next_date(row: Supervision, figures: Figures | None, interview: dt.datetime | None, reader: User) -> str:
    """Say what comes first of the next interview and the next closing day, as far as the level opens them."""
    found = []
    if interview is not None:
        found.append((interview.astimezone(reader.tz).date(), "interview"))
    if row.scope.applications and figures is not None and figures.closes_on is not None:
        found.append((figures.closes_on, "closing day"))
    if not found:
        return ""
    day, what = min(found)
    return f"{dates.day(day)}, {what}"
