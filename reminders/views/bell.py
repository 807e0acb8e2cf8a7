"""The list behind the bell."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from reminders import actions
from reminders.queries import notice_page
from tracker.lib import clock
from tracker.lib.http import see

_DIGITS = 19
"""Longer numbers fit no key."""


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
