"""Requests as people read them: a student's own, a supervisor's queue, and one of them in full."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from accounts.models import User
from applications.models import Application
from supervision.models import Request, RequestQuerySet
from supervision.queries.road import shared
from tracker.lib import dates


@dataclass(frozen=True, slots=True)
class Line:
    """One request in a list: who is on the other side, what for, by when, and how it stands."""

    url: str
    who: str
    kind: str
    what: str
    due: str
    is_late: bool
    standing: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """What waits, the earliest day first, and what was answered, the newest first."""

    waiting: list[Line]
    past: list[Line]


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request, with what happened to it in order, and a link to the application for whoever may follow it."""

    asked: Request
    who: str
    due: str
    history: list[tuple[dt.datetime, str]]
    application_url: str
    application: str


def own_requests(student: User, *, on: dt.date) -> Lines:
    """Return what this student asked for: two queries."""
    mine = Request.objects.visible_to(student).filter(student=student)
    return _lines(mine.select_related("supervision__supervisor"), on, _asked)


def queue(supervisor: User, *, on: dt.date) -> Lines:
    """Return what this supervisor is asked for: two queries."""
    return _lines(Request.objects.made_of(supervisor).select_related("student"), on, lambda one: str(one.student))


def request_page(request: Request, *, reader: User | None, on: dt.date) -> RequestPage:
    """Return one request, for the student, the supervisor, or whoever has the link of the mail (nobody)."""
    is_own = reader is not None and reader.pk == request.student_id
    url, title = _application(request, is_own=is_own)
    return RequestPage(
        asked=request,
        who=_asked(request),
        due=_due(request, on),
        history=_history(request, _asked(request), str(request.student)),
        application_url=url,
        application=title,
    )


def _asked(request: Request) -> str:
    supervisor = request.supervision.supervisor if request.supervision else None
    return str(supervisor or request.email)


def _lines(requests: RequestQuerySet, on: dt.date, who: Callable[[Request], str]) -> Lines:
    waiting = requests.waiting().order_by(F("due_on").asc(nulls_last=True), "asked_at", "pk")
    past = requests.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")
    most = settings.WAYMARK_TABLE_PAGE
    return Lines([_line(one, on, who(one)) for one in waiting], [_line(one, on, who(one)) for one in past[:most]])


def _line(one: Request, on: dt.date, who: str) -> Line:
    return Line(
        url=reverse("supervision:request", args=[one.public_id]),
        who=who,
        kind=one.wording.label,
        what=one.what,
        due=_due(one, on),
        is_late=one.is_waiting and one.due_on is not None and one.due_on < on,
        standing=one.standing_words,
        is_waiting=one.is_waiting,
    )


def _due(one: Request, on: dt.date) -> str:
    if one.due_on is None:
        return "No day given"
    return (
        f"{dates.full_day(one.due_on)}, {dates.away(one.due_on, on)}" if one.is_waiting else dates.full_day(one.due_on)
    )


def _history(one: Request, who: str, student: str) -> list[tuple[dt.datetime, str]]:
    """Say what happened, in order; who answered by the link of the mail is known by the address alone."""
    ended = f"{student} took it back" if one.standing == "withdrawn" else f"{who}: {one.standing_words}"
    steps = [(one.asked_at, f"{student} asked {who}")]
    steps += [(one.promised_at, f"{who}: {one.wording.promised}")] if one.promised_at else []
    return steps + ([(one.answered_at, ended)] if one.answered_at else [])


def _application(one: Request, *, is_own: bool) -> tuple[str, str]:
    if one.application is None:
        return "", ""
    if is_own:
        return reverse("applications:detail", args=[one.application.public_id]), _title(one.application)
    opened = shared(one.supervision) if one.supervision else Application.objects.none()
    found = opened.select_related("company").filter(pk=one.application.pk).first()
    if found is None:
        return "", ""
    return reverse("supervision:application", args=[one.student.public_id, found.public_id]), _title(found)


def _title(application: Application) -> str:
    return f"{application.title}, {application.company.name}"
