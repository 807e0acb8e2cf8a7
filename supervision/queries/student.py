"""One student, and one application, as far as the student shares: a supervisor's read-only pages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from applications.models import Application, Event, InterviewRound
from applications.queries.window import StudentWindow, window_of
from applications.stage import Look, look
from supervision.models import Supervision
from supervision.queries.counts import Figures, figures_by_student
from tracker.lib import dates, mark

# Private columns never leave the database on the way to somebody else's page.
_FACTS = ("public_id", "role", "stage", "stage_since", "applied_on", "closes_on", "starts_from", "starts_until")
_COMPANY = ("company__name", "company__slug", "company__match_key", "company__approved_at")
_NOT_HELD = (InterviewRound.Status.MOVED, InterviewRound.Status.CANCELLED)
_WRITTEN = (Event.Kind.NOTE, Event.Kind.EMAIL, Event.Kind.CALL, Event.Kind.INTERVIEW)


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


@dataclass(frozen=True, slots=True)
class SharedRound:
    """A round's kind and time."""

    kind: str
    when: str


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """An entry that the student marked as shared."""

    on: dt.date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SharedApplication:
    """What the page of one application shows."""

    company: str
    company_url: str
    role: str
    look: Look
    since: dt.date
    days: list[tuple[str, dt.date]]
    rounds: list[SharedRound]
    entries: list[SharedEntry]


def shared_applications(supervision: Supervision) -> QuerySet[Application]:
    """Return the student's applications if the level opens them: the only road to one of another person's."""
    if not supervision.scope.applications:
        return Application.objects.none()
    return Application.objects.visible_to(supervision.student).select_related("company").only(*_FACTS, *_COMPANY)


def shared_student(supervision: Supervision, *, on: dt.date) -> SharedStudent:
    """Return numbers and window, and from the level Stages on the applications, open ones first."""
    figures = figures_by_student([supervision], on=on).get(supervision.student_id, Figures())
    applications = shared_applications(supervision).order_by("company__match_key", "pk")
    rows = [_row(supervision, application) for application in applications]
    rows.sort(key=lambda row: row.look.value == "closed")
    return SharedStudent(figures, _progress(supervision, on), rows)


def shared_application(supervision: Supervision, application: Application) -> SharedApplication:
    """Return the facts of one application; rounds and shared entries from the level Details on."""
    company = application.company
    rounds, entries = (_rounds(application), _entries(application)) if supervision.scope.rounds else ([], [])
    return SharedApplication(
        company=company.name,
        company_url=reverse("companies:detail", kwargs={"slug": company.slug}) if company.approved_at else "",
        role=application.title,
        look=look(application.stage),
        since=application.stage_since,
        days=_days(application),
        rounds=rounds,
        entries=entries,
    )


def _row(supervision: Supervision, application: Application) -> SharedRow:
    days = _days(application)
    return SharedRow(
        url=reverse(
            "supervision:application",
            kwargs={"student": supervision.student.public_id, "public_id": application.public_id},
        ),
        company=application.company.name,
        tone=mark.tone(application.company.name),
        initials=mark.initials(application.company.name),
        role=application.title,
        look=look(application.stage),
        since=application.stage_since,
        days=" · ".join(f"{label} {dates.short_day(day)}" for label, day in days),
    )


def _days(application: Application) -> list[tuple[str, dt.date]]:
    """Return the days of an application; how it ended is the student's own."""
    named = (
        ("Applied", application.applied_on),
        ("Closes", application.closes_on),
        ("Starts from", application.starts_from),
        ("Starts until", application.starts_until),
    )
    return [(label, day) for label, day in named if day is not None]


def _rounds(application: Application) -> list[SharedRound]:
    rounds = application.rounds.exclude(status__in=_NOT_HELD).order_by("on", "time", "pk")
    return [SharedRound(one.get_kind_display(), _when(one)) for one in rounds]


def _when(one: InterviewRound) -> str:
    if one.starts_at is not None:
        return dates.moment(one.starts_at)
    return dates.day(one.on) if one.on else "Expected, no date yet"


def _entries(application: Application) -> list[SharedEntry]:
    shared = application.events.filter(is_shared=True, kind__in=_WRITTEN).order_by("-on", "-pk")
    return [SharedEntry(event.on, event.get_kind_display(), event.text) for event in shared]


def _progress(supervision: Supervision, on: dt.date) -> Progress | None:
    """Return the week of the student's window and what was sent in it; their goal is their own."""
    window = window_of(supervision.student, on)
    if window is None:
        return None
    sent = Application.objects.visible_to(supervision.student).filter(
        applied_on__range=(window.opens_on, window.closes_on)
    )
    return Progress(window.season, _week_words(window, on), sent.count())


def _week_words(window: StudentWindow, on: dt.date) -> str:
    if on < window.opens_on:
        return f"The window opens {dates.away(window.opens_on, on)}."
    if on > window.closes_on:
        return "The window has closed."
    return f"Week {window.week(on)} of {window.weeks} in the window."
