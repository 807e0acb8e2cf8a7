"""The first steps: four for a student, one page for a supervisor; each can be left out, and none holds anybody."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.planning import plan_season
from applications.actions.undoing import undoable
from applications.actions.welcoming import Pasted, add_pasted, describe_student, mark_welcomed
from applications.forms.plain import OK
from applications.forms.welcome import HaveForm, WhenForm, YouForm
from applications.queries.welcome import companies_to_pick, desk_of, seasons_ahead
from applications.queries.window import window_of
from applications.views.roles import person
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.http import local_path, sent

TITLES = {1: "You", 2: "When", 3: "What you have", 4: "Reminders and sharing"}
SUGGESTED_A_WEEK = 2


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, step: int) -> HttpResponse:
    """Show one step, or keep what it asked and go on."""
    user = person(request)
    if not user.is_student:
        return _supervisor(request, step)
    if step not in _STEPS:
        raise Http404
    return _STEPS[step](request)


@require_POST
def skip(request: HttpRequest) -> HttpResponse:
    """Leave out what is left."""
    mark_welcomed(student=person(request), at=clock.now())
    return redirect("home")


def _supervisor(request: HttpRequest, step: int) -> HttpResponse:
    if not person(request).is_supervisor:
        raise PermissionDenied
    if step != 1:
        raise Http404
    if request.method == "POST":
        return skip(request)
    return render(request, "applications/welcome_supervisor.html")


def _you(request: HttpRequest) -> HttpResponse:
    user, desk = person(request), desk_of(person(request))
    known = {"phd_started_on": user.phd_started_on, "topics": desk.topics, "thesis": desk.thesis}
    form = YouForm(sent(request), initial=known, named=bool(user.name))
    if form.is_valid():
        form.act(describe_student, student=user, at=clock.now(), **form.facts())
        return _on(request, 2)
    return _page(request, 1, form)


def _when(request: HttpRequest) -> HttpResponse:
    user, on = person(request), clock.today(person(request))
    window = window_of(user, on)
    if window is None:
        return _page(request, 2, None)
    known = {
        "season": window.season_id,
        "starts_on": window.wished_start,
        "weeks": window.length,
        "weekly_target": window.weekly_target or SUGGESTED_A_WEEK,
        "goal": window.goal,
    }
    form = WhenForm(sent(request), initial=known, seasons=seasons_ahead(on, window.season_id))
    if form.is_valid():
        form.act(plan_season, student=user, on=on, **form.cleaned_data)
    if form.is_bound and not form.errors:
        return _on(request, 3)
    return _page(request, 2, form)


def _have(request: HttpRequest) -> HttpResponse:
    form = HaveForm(sent(request), initial={"request_key": uuid.uuid4()})
    picked = request.POST.getlist("company")
    if not form.is_valid():
        return _page(request, 3, form, companies=companies_to_pick(person(request)), picked=picked)
    lines = form.typed(picked)
    if not lines:
        return _on(request, 4)
    now, later = lines[: settings.WAYMARK_PASTED_LINES], lines[settings.WAYMARK_PASTED_LINES :]
    answers = _pasted(request, form, now)
    left = [answer.line for answer in answers if answer.trouble] + later
    again = HaveForm.again(left, len(later))
    return _page(request, 3, again, companies=companies_to_pick(person(request)), answers=answers)


def _pasted(request: HttpRequest, form: HaveForm, lines: list[str]) -> list[Pasted]:
    user, at, on = person(request), clock.now(), clock.today(person(request))
    with undoable(student=user, text="", at=at) as change:
        key = form.cleaned_data["request_key"]
        answers = add_pasted(student=user, lines=lines, request_key=key, at=at, on=on)
        added = [answer.added for answer in answers if answer.added]
        change.adds(*added, at=at)
        change.text = f"Added {len(added)}, in Interested."
    if change.undo:
        tell(request, change.text, undo=change.undo)
    return answers


def _last(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, 4, None)
    mark_welcomed(student=person(request), at=clock.now())
    return redirect("applications:today")


_STEPS: dict[int, Callable[[HttpRequest], HttpResponse]] = {1: _you, 2: _when, 3: _have, 4: _last}


def _on(request: HttpRequest, step: int) -> HttpResponse:
    """Go on, or back to where somebody came from who only changes one thing."""
    back = local_path(request, default="")
    if back:
        tell(request, "Saved.")
        return redirect(back)
    return redirect("applications:welcome", step)


def _page(
    request: HttpRequest,
    step: int,
    form: YouForm | WhenForm | HaveForm | None,
    status: int = 0,
    **more: Any,  # noqa: ANN401 - parts of the page
) -> HttpResponse:
    context = {"step": step, "steps": len(TITLES), "title": TITLES[step], "form": form, **more}
    context |= {"before": step - 1, "following": step + 1, "next": local_path(request, default="")}
    return render(request, f"applications/welcome_{step}.html", context, status=status or (form.status if form else OK))
