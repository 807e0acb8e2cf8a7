"""What whoever runs the site sees of the outbox; to all others it is not there."""

import datetime as dt
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from reminders import actions
from reminders.queries import outbox
from tracker.lib import clock
from tracker.lib.http import see

_DIGITS = 19
"""Longer numbers fit no key."""


@require_safe
def outbox_page(request: HttpRequest) -> HttpResponse:
    """Show numbers, the way to the mail server and what was given up; nobody's name, address or text."""
    at = clock.now()
    midnight = dt.datetime.combine(clock.today(_operator(request)), dt.time.min, tzinfo=_operator(request).tz)
    return render(request, "reminders/outbox.html", {"outbox": outbox(at=at, midnight=midnight)})


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Let one mail that was given up be tried again, or all that are not too late."""
    _operator(request)
    key = request.POST.get("delivery", "")
    if key and not (key.isascii() and key.isdigit() and len(key) < _DIGITS):
        raise Http404
    count = actions.try_again(key=int(key) if key else None, at=clock.now())
    actions.wake()
    said = "1 e-mail goes" if count == 1 else f"{count} e-mails go"
    messages.success(request, f"{said} out with the next pass.")
    return see(request, "reminders:outbox")


def _operator(request: HttpRequest) -> User:
    """Return who asks, if it is staff."""
    user = cast("User", request.user)
    if not user.is_staff:
        raise Http404
    return user
