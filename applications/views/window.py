"""The application window of one's season, and what one wants from it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.actions.planning import plan_season
from applications.forms.window import PlanForm
from applications.queries.window import StudentWindow, season_of, window_of, window_view
from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.http import UNPROCESSABLE


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def window(request: HttpRequest) -> HttpResponse:
    """Show how far the window is; keep a goal and days of one's own."""
    user = person(request)
    found = window_of(user, clock.today(user))
    if found is None:
        return render(request, "applications/window.html")
    if request.method != "POST":
        initial = {"goal": found.goal, "opens_on": found.opens_on, "closes_on": found.closes_on}
        return _page(request, found, PlanForm(initial=initial))
    form = PlanForm(request.POST)
    if form.is_valid():
        form.act(plan_season, student=user, season=season_of(found), **form.cleaned_data)
    if not form.errors:
        messages.success(request, "Saved. Reminders follow these days.")
        return redirect("applications:window")
    return _page(request, found, form)


def _page(request: HttpRequest, found: StudentWindow, form: PlanForm) -> HttpResponse:
    user = person(request)
    context = {"view": window_view(user, found, on=clock.today(user)), "form": form}
    return render(request, "applications/window.html", context, status=UNPROCESSABLE if form.errors else 200)
