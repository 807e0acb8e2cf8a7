"""One student as far as they share, and their applications one by one: a supervisor's read-only page."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from applications.models import Application, ApplicationQuerySet
from applications.queries.window import StudentWindow, window_of
from applications.stage import Look, look
from supervision.models import Supervision
from supervision.queries.counts import Figures, figures_by_student
from supervision.queries.road import shared
from tracker.lib import dates, mark

# Private columns never leave the database on the way to somebody else's page.
_FACTS = ("public_id", "role", "stage", "stage_since", "applied_on", "closes_on", "starts_from", "starts_until")
_COMPANY = ("company__name", "company__slug", "company__match_key", "company__approved_at")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the student's window is: its season, the week, and how many were sent in it."""

    season: str
    words: str
    sent: int


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One application in a supervisor's list: company, role, stage and days, nothing else."""

    url: str
    company: str
    tone: str
    initials: str
    role: str
    look: Look
    since: dt.date
    days: str


@dataclass(frozen=True, slots=True)
class SharedStudent:
    """What the page of one student shows."""

    figures: Figures
    progress: Progress | None
    applications: list[SharedRow]


def shared_applications(supervision: Supervision) -> ApplicationQuerySet:
    """Return what the level opens of the applications, with the facts that pages show and no other."""
    return shared(supervision).select_related("company").only(*_FACTS, *_COMPANY)


def shared_student(supervision: Supervision, *, on: dt.date, preview: bool = False) -> SharedStudent:
    """Return numbers, window (their goal is their own), and from the level Stages on the applications, open ones first.

    preview: for the student, whose lines lead to previews.
    """
    window = window_of(supervision.student, on)
    sent_in = (window.opens_on, window.closes_on) if window else None
    figures = figures_by_student([supervision], on=on, sent_in=sent_in).get(supervision.student_id, Figures())
    progress = Progress(window.season, week_words(window, on), figures.sent) if window else None
    applications = shared_applications(supervision).order_by("company__match_key", "pk")
    rows = [_row(application, _url(supervision, application, preview=preview)) for application in applications]
    rows.sort(key=lambda row: row.look.value == "closed")
    return SharedStudent(figures, progress, rows)


def _url(supervision: Supervision, application: Application, *, preview: bool) -> str:
    if preview:
        return reverse("supervision:preview-application", args=[supervision.public_id, application.public_id])
    return reverse("supervision:application", args=[supervision.student.public_id, application.public_id])


def _row(application: Application, url: str) -> SharedRow:
    days = days_of(application)
    return SharedRow(
        url=url,
        company=application.company.name,
        tone=mark.tone(application.company.name),
        initials=mark.initials(application.company.name),
        role=application.title,
        look=look(application.stage),
        since=application.stage_since,
        days=" · ".join(f"{label} {dates.short_day(day)}" for label, day in days),
    )


def days_of(application: Application) -> list[tuple[str, dt.date]]:
    """Return the days of an application; how it ended is the student's own."""
    named = (
        ("Applied", application.applied_on),
        ("Closes", application.closes_on),
        ("Starts from", application.starts_from),
        ("Starts until", application.starts_until),
    )
    return [(label, day) for label, day in named if day is not None]


def week_words(window: StudentWindow, on: dt.date) -> str:
    """Say where in the window a day lies."""
    if on < window.opens_on:
        return f"The window opens {dates.away(window.opens_on, on)}."
    if on > window.closes_on:
        return "The window has closed."
    return f"Week {window.week(on)} of {window.weeks} in the window."
