"""What whoever holds a letter may do without signing in: stop one kind of e-mail, or do the one thing a link is for."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from reminders import actions, tokens, words
from reminders.acts import EFFECTS, LABELS
from reminders.plan import Kind
from reminders.queries import rest_of_window, title_of
from tracker.lib import clock
from tracker.lib.errors import DomainError


@login_not_required
@csrf_exempt  # RFC 8058: a mail program posts here without a session; the token says all, and can only stop
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Show a button to stop one kind of e-mail; POST stops it, signed in or not."""
    allowed = tokens.read(signed)
    person = _person(allowed)
    if allowed is None or person is None:
        raise Http404
    on, is_done = clock.today(person), request.method == "POST"
    if is_done:
        actions.stop(by=person, kind=allowed.kind, on=on)
    pauses = allowed.kind is Kind.PAUSE
    until = rest_of_window(person, on) if pauses else None
    said = {"kind": words.KINDS[allowed.kind], "is_done": is_done, "pauses": pauses, "until": until}
    return render(request, "reminders/email_action.html", said)


@login_not_required
@csrf_exempt  # the page is opened from a mail, often without cookies; the token and the button's own name say all
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, signed: str) -> HttpResponse:
    """Show what a link of a letter does, with one button; the button does it, signed in or not.

    A POST without the button's name, as mail programs send to stop, does nothing.
    """
    allowed = tokens.read_deed(signed)
    person = _person(allowed)
    if allowed is None or person is None:
        raise Http404
    said: dict[str, Any] = {"act": allowed.act, "label": LABELS[allowed.act], "effect": EFFECTS[allowed.act]}
    said |= dict.fromkeys(("title", "done", "over"), "")
    try:
        if request.method == "POST" and request.POST.get("act") == allowed.act:
            said["done"] = actions.carry_out(deed=allowed, by=person, at=clock.now())
        else:
            said["title"] = title_of(allowed, person=person, at=clock.now())
    except DomainError as error:
        said["over"] = error.sentence
    return render(request, "reminders/email_deed.html", said)


def _person(allowed: tokens.Stop | tokens.Deed | None) -> User | None:
    active = User.objects.filter(is_active=True)
    return active.filter(public_id=allowed.person).first() if allowed else None
