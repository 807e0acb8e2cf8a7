"""The application window: how far it is, one of its days, the plan one has for it, and what a missed week leaves."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from typing import cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions.planning import PlanFacts, answer_shortfall, plan_season, stay_with
from applications.actions.undoing import undoable
from applications.forms.window import PlanForm
from applications.models import Application, SeasonPlan, Undo
from applications.queries.days import day_of
from applications.queries.window import (
    StudentWindow,
    apply_line,
    present_of,
    season_of,
    target_of,
    window_of,
    window_view,
    windows_of,
)
from applications.views.roles import person, students_only
from applications.views.stale import overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.fields import FIRST_DAY, LAST_DAY
from tracker.lib.http import UNPROCESSABLE, is_htmx, local_path, sent


@require_safe
@students_only
def window(request: HttpRequest) -> HttpResponse:
    """Show how far the window is, its days, and the plan."""
    user, on = person(request), clock.today(person(request))
    windows = windows_of(user)
    found = asked_window(request, windows)
    view = window_view(user, found, windows, on=on) if found else None
    return render(request, "applications/window.html", {"view": view, "query": season_query(request)})


@require_safe
@students_only
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Show what one day held or will hold; in a dialog where one was opened from the calendar."""
    user, one = person(request), _day(day)
    context = {"day": day_of(user, one, clock.today(user)), "in_dialog": is_htmx(request)}
    template = "applications/window_day.html"
    return render(request, f"{template}#inside" if is_htmx(request) else template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def plan(request: HttpRequest) -> HttpResponse:
    """Ask for goal, target, start, length and days, and keep those that are sent."""
    user = person(request)
    found = asked_window(request, windows_of(user))
    if found is None:
        return redirect("applications:window")
    form = _form(request, found)
    if form.is_valid():
        try:
            undo = _keep(request, found, form)
        except StaleError:
            again = asked_window(request, windows_of(user)) or found
            return overtaken(request, _form(request, again), back=window_url(request), what="Your plan")
        if not form.errors:
            return _kept(request, undo)
    context = {"form": form, "season": found.season, "back": window_url(request)}
    return render(request, "applications/window_plan.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@students_only
def shortfall(request: HttpRequest) -> HttpResponse:
    """Carry over what was left from last week, or leave it; Today asks the same, and gets its answer back there."""
    user, on = person(request), clock.today(person(request))
    found = asked_window(request, windows_of(user))
    if found:
        carry = request.POST.get("carry") == "yes"
        with undoable(student=user, text="", at=clock.now(), desk=True) as change:
            carried = answer_shortfall(student=user, season=season_of(found), carry=carry, on=on)
            change.text = f"Carried over: {carried} more this week." if carried else "Left. This week starts afresh."
        tell(request, change.text, undo=change.undo)
    return redirect(local_path(request, default=window_url(request)))


def asked_window(request: HttpRequest, windows: Sequence[StudentWindow]) -> StudentWindow | None:
    """Return the window of the season that the address names, else the present one; 404 for a season there is not."""
    name = request.GET.get("season", "")
    if not name:
        return present_of(windows, clock.today(person(request)))
    found = next((one for one in windows if one.slug == name), None)
    if found is None:
        raise Http404
    return found


def season_query(request: HttpRequest) -> str:
    """Return what keeps the season that is looked at in an address."""
    name = request.GET.get("season", "")
    return f"?{urlencode({'season': name})}" if name else ""


def window_url(request: HttpRequest) -> str:
    """Return where the window of the season that is looked at lies."""
    return reverse("applications:window") + season_query(request)


def _day(text: str) -> dt.date:
    with suppress(ValueError):
        one = dt.date.fromisoformat(text)
        if FIRST_DAY <= one <= LAST_DAY and text == one.isoformat():
            return one
    raise Http404


def _form(request: HttpRequest, found: StudentWindow) -> PlanForm:
    initial = {
        "goal": found.goal,
        "weekly_target": found.weekly_target,
        "opens_on": found.opens_on,
        "closes_on": found.closes_on,
        "starts_on": found.wished_start,
        "weeks": found.length,
    }
    return PlanForm(sent(request), initial=initial, instance=SeasonPlan())


def _keep(request: HttpRequest, found: StudentWindow, form: PlanForm) -> Undo | None:
    student, on = person(request), clock.today(person(request))
    with undoable(student=student, text="Your plan is saved.", at=clock.now(), desk=True) as change:
        season, seen = season_of(found), cast("PlanFacts", form.seen())
        present = window_of(student, on)
        if present and present.season_id != season.pk:
            stay_with(student=student, season=season_of(present))
        form.act(plan_season, student=student, season=season, on=on, seen=seen, **form.facts())
    return change.undo


def _kept(request: HttpRequest, undo: Undo | None) -> HttpResponse:
    if not is_htmx(request):
        tell(request, "Your plan is saved.", undo=undo, back=window_url(request))
        return redirect(window_url(request))
    user, on = person(request), clock.today(person(request))
    found = cast("StudentWindow", asked_window(request, windows_of(user)))
    number = Application.objects.visible_to(user).filter(applied_on__range=(found.opens_on, found.closes_on)).count()
    title, note, _pill = apply_line(found, number, on)
    context = {"target": target_of(found, number, on), "step": {"title": title, "note": note}, "swapped": True}
    context["query"] = season_query(request)
    return render(request, "applications/_target.html", context)
