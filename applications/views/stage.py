"""Moving, closing, reopening, accepting, undoing: one endpoint each, for drag, menu, keys and plain forms alike."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import stages
from applications.actions.undoing import undoable
from applications.forms.acting import ActingForm
from applications.forms.stage import CloseForm, StageForm
from applications.models import Application, Event
from applications.queries.stage import closing_words, moved_words, reopened_words
from applications.stage import LOOKS, Stage
from applications.views.moved import application_url, changed, stale
from applications.views.roles import person
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import UNPROCESSABLE, is_htmx, sent


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer the stages; move to the chosen one."""
    application, form = _own(request, public_id), StageForm(sent(request))
    if request.method != "POST":
        return _stages(request, application, form)
    if request.POST.get("stage") == Stage.CLOSED:
        return redirect("applications:close", public_id=public_id)
    form.full_clean()
    answers = {"to": form.data.get("stage", ""), "expected_stage": form.data.get("seen") or None}
    return _do(request, application, form, stages.move, answers=answers, show=_stages, words=moved_words)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask how it ended, and close."""
    application = _own(request, public_id)
    form = CloseForm(sent(request), initial={"reason": application.closing_reason, "seen": application.stage})
    if request.method != "POST" or not form.is_valid():
        return _closing(request, application, form)
    answers = {name: form.cleaned_data[name] for name in ("outcome", "reason")}
    answers["expected_stage"] = form.cleaned_data["seen"] or None
    return _do(request, application, form, stages.close, answers=answers, show=_closing, words=closing_words)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it back to where it was when it was closed."""
    application, form = _own(request, public_id), StageForm(request.POST)
    form.full_clean()
    return _do(request, application, form, stages.reopen, answers={}, show=_stages, words=reopened_words)


def _own(request: HttpRequest, public_id: str) -> Application:
    mine = Application.objects.visible_to(person(request)).select_related("company")
    return get_object_or_404(mine, public_id=public_id)


def _do[F: ActingForm](
    request: HttpRequest,
    application: Application,
    form: F,
    action: Callable[..., Event | None],
    *,
    answers: dict[str, Any],
    show: Callable[[HttpRequest, Application, F], HttpResponse],
    words: Callable[[Application], str],
) -> HttpResponse:
    """Run one change: say what it did, or show the form again, or tell a stale tab."""
    user, came_from, at = person(request), application.stage, clock.now()
    facts = {"application": application, "by": user, "at": at, "on": clock.today(user)}
    try:
        with undoable(student=user, text=application.company.name, at=at, applications=[application]) as change:
            form.act(action, **facts, **answers)
            change.text = words(application)
    except StaleError as error:
        return stale(request, application, error, came_from=came_from)
    if form.errors:
        return show(request, application, form)
    return changed(request, application, change.undo, came_from=came_from, text=change.text)


def _stages(request: HttpRequest, application: Application, form: StageForm) -> HttpResponse:
    choices = [look for look in LOOKS.values() if look.value != Stage.CLOSED]
    context = {"application": application, "form": form, "choices": choices, "url": application_url(application)}
    return _form(request, "applications/stage.html", context, form)


def _closing(request: HttpRequest, application: Application, form: CloseForm) -> HttpResponse:
    context = {"application": application, "form": form, "url": application_url(application)}
    return _form(request, "applications/close.html", context, form)


def _form(request: HttpRequest, template: str, context: dict[str, object], form: ActingForm) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    in_dialog = is_htmx(request)
    part = f"{template}#form" if in_dialog else template
    return render(request, part, {**context, "in_dialog": in_dialog}, status=status)
