"""The list behind the bell, the preferences, and stopping from a letter."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from reminders import actions, tokens, words
from reminders.forms import PreferencesForm, as_initial
from reminders.queries import notice_page, wishes_of
from tracker.lib import clock
from tracker.lib.http import refused, see


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """List what the bell counted, newest first."""
    user = cast("User", request.user)
    after = request.GET.get("after", "")
    last = int(after) if after.isascii() and after.isdigit() and len(after) < _DIGITS else None
    page = notice_page(user, on=clock.today(user), after=last)
    return render(request, "reminders/notifications.html", {"page": page, "is_first": last is None})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    actions.read_all(by=cast("User", request.user), at=clock.now())
    return see(request, "reminders:notifications")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose what to hear of, and where."""
    user = cast("User", request.user)
    on = clock.today(user)
    if request.method == "POST":
        form = PreferencesForm(request.POST, on=on)
        if not form.is_valid():
            return refused(request, "reminders/preferences.html", {"form": form})
        actions.choose(by=user, wishes=form.wishes(), paused_until=form.cleaned_data["paused_until"])
        messages.success(request, "Saved.")
        return see(request, "reminders:preferences")
    form = PreferencesForm(initial=as_initial(*wishes_of(user), on), on=on)
    return render(request, "reminders/preferences.html", {"form": form})


@login_not_required
@csrf_exempt  # RFC 8058: a mail program posts here without a session; the token says all, and can only stop
@require_http_methods(["GET", "HEAD", "POST"])
def email_action(request: HttpRequest, signed: str) -> HttpResponse:
    """Show a button to stop one kind of e-mail; POST stops it, signed in or not."""
    allowed = tokens.read(signed)
    person = User.objects.filter(public_id=allowed.person).first() if allowed else None
    if allowed is None or person is None:
        raise Http404
    if request.method == "POST":
        actions.stop(by=person, kind=allowed.kind)
    said = {"kind": words.KINDS[allowed.kind], "is_done": request.method == "POST"}
    return render(request, "reminders/email_action.html", said)


_DIGITS = 19
"""Longer numbers fit no key."""
