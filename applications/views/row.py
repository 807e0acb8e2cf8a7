"""Editing a stage or a next step in the table's own cell; without htmx the cell leads to the page for it."""

import json
from contextlib import AbstractContextManager
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from applications.actions import stages
from applications.actions.editing import edit_application
from applications.actions.undoing import Change, undoable
from applications.forms.acting import ActingForm
from applications.forms.edit import SECTIONS, ApplicationForm
from applications.forms.seen import wire
from applications.forms.stage import StageForm
from applications.models import Application
from applications.queries.stage import moved_words
from applications.queries.table import one_cell
from applications.stage import ACTIVE, LOOKS
from applications.views.page import own
from applications.views.roles import person
from applications.views.told import undo_url
from tracker.lib import clock
from tracker.lib.dates import full_day
from tracker.lib.errors import StaleError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, is_htmx, sent

COLUMNS = {"stage": "applications:stage", "next": "applications:edit-section"}


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, public_id: str, column: str) -> HttpResponse:
    """Offer a small form in place of the cell, take what it sends, and give the cell back."""
    application = own(request, public_id)
    if column not in COLUMNS:
        raise Http404
    if not is_htmx(request) and request.method != "POST":
        return redirect(COLUMNS[column], public_id, *(["next"] if column == "next" else []))
    if request.GET.get("back"):
        return _cell(request, public_id, column)
    return _stage(request, application) if column == "stage" else _next(request, application)


def _stage(request: HttpRequest, application: Application) -> HttpResponse:
    user, at, form = person(request), clock.now(), StageForm(sent(request), auto_id=f"r_{application.public_id}_%s")
    if request.method == "POST":
        form.full_clean()
        answers = {"to": form.data.get("stage", ""), "expected_stage": form.data.get("seen") or None}
        facts: dict[str, Any] = {"application": application, "by": user, "at": at, "on": clock.today(user)}
        try:
            with _change(application, user) as change:
                form.act(stages.move, **facts, **answers)
                change.text = moved_words(application)
        except StaleError as error:
            return _trouble(request, application, error)
        if not form.errors:
            return _cell(request, application.public_id, "stage", change)
    return _form(request, application, form, "stage", choices=[LOOKS[stage] for stage in ACTIVE])


def _next(request: HttpRequest, application: Application) -> HttpResponse:
    form = _next_form(request, application)
    if request.method == "POST" and form.is_valid():
        user, (details, seen) = person(request), form.touched()
        facts: dict[str, Any] = {"application": application, "version": form.seen_version()}
        facts |= {"details": details, "seen": seen, "by": user, "at": clock.now()}
        try:
            with _change(application, user) as change:
                form.act(edit_application, **facts)
                change.text = f"{application.company.name}: next step saved."
        except StaleError:
            return _both(request, application)
        if not form.errors:
            return _cell(request, application.public_id, "next", change)
    return _form(request, application, form, "next")


def _next_form(request: HttpRequest, application: Application) -> ApplicationForm:
    return ApplicationForm(
        sent(request), instance=application, section=SECTIONS["next"], auto_id=f"r_{application.public_id}_%s"
    )


def _both(request: HttpRequest, application: Application) -> HttpResponse:
    """Show what was typed above what is saved by now: saving once more decides for what was typed."""
    fresh = own(request, application.public_id)
    day = full_day(fresh.next_step_on) if fresh.next_step_on else ""
    saved = ", ".join(part for part in (fresh.next_step, day) if part) or "Empty"
    form = _next_form(request, fresh)
    form.full_clean()  # which writes what was typed into the row, in memory
    if not form.differences():  # the other half of a double click
        return _cell(request, application.public_id, "next")
    context = {"saved": saved, "now_seen": [*form.now_seen(), ("version", str(fresh.version))]}
    return _form(request, fresh, form, "next", status=CONFLICT, **context)


def _change(application: Application, user: User) -> AbstractContextManager[Change]:
    return undoable(student=user, text=application.company.name, at=clock.now(), applications=[application])


def _form(
    request: HttpRequest, application: Application, form: ActingForm, column: str, *, status: int = 0, **more: object
) -> HttpResponse:
    status = status or (UNPROCESSABLE if form.errors else 200)
    context = {"application": application, "form": form, **more}
    if column == "next":
        context["day"] = wire(form["next_step_on"].value())
    return render(request, f"applications/_row_{column}.html", context, status=status)


def _cell(request: HttpRequest, public_id: str, column: str, change: Change | None = None) -> HttpResponse:
    """Give the cell back as it is now; after a change with its toast, and without htmx the table."""
    if not is_htmx(request):
        return redirect("applications:table")
    user = person(request)
    context = {"cell": one_cell(user, public_id, column, on=clock.today(user))}
    if change and change.undo:
        context |= {"text": change.text, "undo_url": undo_url(change.undo)}
    return render(request, "applications/_row_cell.html", context)


def _trouble(request: HttpRequest, application: Application, error: StaleError) -> HttpResponse:
    text = f"{application.company.name}: {error.sentence}"
    response = _cell(request, application.public_id, "stage")
    response.status_code = CONFLICT
    response.headers["HX-Trigger"] = json.dumps({"waymark:trouble": {"text": text}})
    return response
