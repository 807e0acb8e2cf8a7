"""What a person wants to hear of, and the quiet week."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from reminders import actions
from reminders.forms import DayForm, PreferencesForm
from reminders.queries import times_of, wishes_of
from reminders.views.devices import devices_of
from tracker.lib import clock
from tracker.lib.dates import day
from tracker.lib.http import local_path, see, sent


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose what to hear of, where and when."""
    user = cast("User", request.user)
    form = PreferencesForm(sent(request), wishes=wishes_of(user), times=times_of(user), on=clock.today(user))
    if form.is_valid():
        actions.choose(by=user, wishes=form.wishes(), times=form.times())
        messages.success(request, "Saved.")
        return see(request, "reminders:preferences")
    shown = {"form": form, **devices_of(user)}
    return render(request, "reminders/preferences.html", shown, status=form.status)


@require_POST
def sample(request: HttpRequest) -> HttpResponse:
    """Have a sample of the weekly plan sent; a second one in the same minutes is the first."""
    user = cast("User", request.user)
    if actions.ask_for_sample(by=user):
        messages.success(request, f"A sample is on its way to {user.email}.")
    else:
        messages.error(request, "No sample can be sent just now. Try again in a few minutes.")
    return see(request, "reminders:preferences")


@require_POST
def weekly_day(request: HttpRequest) -> HttpResponse:
    """Choose the day of the weekly plan alone, as the first steps ask."""
    form = DayForm(request.POST)
    if form.is_valid():
        actions.choose_day(by=cast("User", request.user), weekly_day=form.cleaned_data["weekly_day"])
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Choose a day from the list.")
    return redirect(local_path(request))


@require_POST
def quiet_week(request: HttpRequest) -> HttpResponse:
    """Pause all mails that can wait for a week."""
    user = cast("User", request.user)
    until = actions.pause(by=user, until=clock.today(user) + settings.WAYMARK_QUIET_WEEK)
    messages.success(
        request, f"Quiet until {day(until)}: only interviews, offer answers and the safety of your account are mailed."
    )
    return redirect(local_path(request))


@require_POST
def end_quiet_week(request: HttpRequest) -> HttpResponse:
    """Let mails come again."""
    actions.end_pause(by=cast("User", request.user))
    messages.success(request, "E-mails come again.")
    return redirect(local_path(request))
