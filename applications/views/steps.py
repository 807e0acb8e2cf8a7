"""Single steps of the plan: add, move, tick, take out, put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.steps import add_step, edit_step, move_step, take_out_step, tick_step
from applications.actions.undoing import undoable
from applications.forms.window import MoveStepForm, OwnStepForm
from applications.models import PlanStep
from applications.queries.plan import overrides_of, step_of, usual_span
from applications.queries.window import StudentWindow, season_frame, season_of, windows_of
from applications.season.planning import Step
from applications.views.roles import person, students_only
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell
from applications.views.window import asked_window, season_query, window_url
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import UNPROCESSABLE, sent


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def add(request: HttpRequest) -> HttpResponse:
    """Add a step of one's own, such as a conference week."""
    found, form = _window(request), OwnStepForm(sent(request), instance=PlanStep())
    if form.is_valid():
        with _changing(request, "Added to your plan."):
            form.act(add_step, student=person(request), season=season_of(found), **form.details())
        if not form.errors:
            return _back(request)
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Give a step other days, and one's own another name."""
    found = _window(request)
    step = _step(request, found, key)
    form = _form(request, step)
    try:
        if form.is_valid() and _saved(request, found, form, step):
            return _back(request)
    except StaleError:
        form = _form(request, _step(request, found, key))
        form.full_clean()
        return overtaken(request, form, back=_plan_url(request), what="This step")
    return _page(request, form, step)


@require_POST
@students_only
def done(request: HttpRequest, key: str) -> HttpResponse:
    """Tick a step off, or take the tick away."""
    found, student = _window(request), person(request)
    step = _step(request, found, key)
    day = clock.today(student) if request.POST.get("done") != "no" else None
    with or_gone(), _changing(request, f"{step.title}: {'done' if day else 'not done yet'}."):
        tick_step(student=student, season=season_of(found), key=key, done_on=day)
    return _back(request)


@require_POST
@students_only
def out(request: HttpRequest, key: str) -> HttpResponse:
    """Take a step out of the plan."""
    return _take(request, key, "taken out of your plan", out=True)


@require_POST
@students_only
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Put a step back into the plan."""
    return _take(request, key, "back in your plan", out=False)


def _take(request: HttpRequest, key: str, what: str, *, out: bool) -> HttpResponse:
    found = _window(request)
    step = _step(request, found, key)
    with or_gone(), _changing(request, f"{step.title}: {what}."):
        take_out_step(student=person(request), season=season_of(found), key=key, out=out)
    return _back(request)


@contextmanager
def _changing(request: HttpRequest, text: str) -> Iterator[None]:
    """Run a change of the plan that can be taken back, and say so on the next page."""
    with undoable(student=person(request), text=text, at=clock.now(), desk=True) as change:
        yield
    if change.undo:
        tell(request, text, undo=change.undo, back=_plan_url(request))


def _form(request: HttpRequest, step: Step) -> OwnStepForm | MoveStepForm:
    ends_on = None if step.ends_on == step.begins_on and step.is_own else step.ends_on
    initial = {"title": step.title, "begins_on": step.begins_on, "ends_on": ends_on}
    kind = OwnStepForm if step.is_own else MoveStepForm
    return kind(sent(request), initial=initial, instance=PlanStep())


def _saved(request: HttpRequest, found: StudentWindow, form: OwnStepForm | MoveStepForm, step: Step) -> bool:
    typed, seen = form.details(), form.seen()
    facts: dict[str, Any] = {
        "student": person(request),
        "season": season_of(found),
        "key": step.key,
        "span": (typed["begins_on"], typed["ends_on"]),
    }
    span = (seen["begins_on"], seen["ends_on"])
    with _changing(request, f"{step.title}: moved."):
        if step.is_own:
            form.act(edit_step, **facts, title=typed["title"], seen=(seen["title"], span))
        else:
            usual = usual_span(season_frame(person(request), found), step.key)
            form.act(move_step, **facts, seen=span, usual=usual)
    return not form.errors


def _page(request: HttpRequest, form: OwnStepForm | MoveStepForm, step: Step | None) -> HttpResponse:
    context = {"form": form, "step": step, "title": step.title if step else "Add a step", "back": _plan_url(request)}
    context["query"] = season_query(request)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "applications/window_step.html", context, status=status)


def _window(request: HttpRequest) -> StudentWindow:
    found = asked_window(request, windows_of(person(request)))
    if found is None:
        raise Http404
    return found


def _step(request: HttpRequest, found: StudentWindow, key: str) -> Step:
    """Return a step of the person's plan, taken out or not; 404 for any other."""
    student = person(request)
    step = step_of(season_frame(student, found), overrides_of(student, found.season_id), key)
    if step is None:
        raise Http404
    return step


def _plan_url(request: HttpRequest) -> str:
    return window_url(request) + "#plan"


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(_plan_url(request))
