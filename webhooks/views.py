"""Webhooks of one's own: made, changed, paused, tried and deleted; what they were told, and how that went."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE, see, sent
from tracker.lib.nudging import nudge
from webhooks.actions import keeping
from webhooks.forms import WebhookForm
from webhooks.models import Webhook, WebhookDelivery
from webhooks.queries import log_of, webhooks_of

_TASK = "webhooks.send"


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def webhooks(request: HttpRequest) -> HttpResponse:
    """List them, and make one: its secret is shown this once, on its own page."""
    form = WebhookForm(sent(request))
    if form.is_valid():
        made = form.act(keeping.make_webhook, person=person(request), at=clock.now(), **form.cleaned_data)
        if made:
            nudge(_TASK)
            return _page(request, made[0], WebhookForm.of(made[0]), secret=made[1], is_new=True)
    shown = {"form": form, "webhooks": webhooks_of(person(request)), "refused": bool(form.errors)}
    return render(request, "webhooks/webhooks.html", shown, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one with its log, and change it."""
    found = _one(request, public_id)
    form = WebhookForm.of(found) if sent(request) is None else WebhookForm(sent(request))
    if form.is_valid():
        form.act(keeping.edit_webhook, webhook=found, by=person(request), **form.cleaned_data)
    if form.is_bound and not form.errors:
        messages.success(request, "Saved.")
        return see(request, "webhooks:webhook", public_id=public_id)
    return _page(request, found, form)


@require_POST
def test(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a test be sent at once."""
    found = _one(request, public_id)
    try:
        keeping.ping(webhook=found, by=person(request), at=clock.now())
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        nudge(_TASK)
        messages.success(request, "A test is on its way. How it went stands in the log.")
    return see(request, "webhooks:webhook", public_id=public_id)


@require_POST
def secret(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a new secret and show it this once."""
    found = _one(request, public_id)
    made = keeping.renew_secret(webhook=found, by=person(request), at=clock.now())
    return _page(request, found, WebhookForm.of(found), secret=made)


@require_POST
def pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell it nothing for now."""
    found = _one(request, public_id)
    keeping.pause(webhook=found, by=person(request))
    messages.success(request, f"“{found.name}” is told nothing until you resume it.")
    return see(request, "webhooks:webhook", public_id=public_id)


@require_POST
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell it again."""
    found = _one(request, public_id)
    keeping.resume(webhook=found, by=person(request))
    nudge(_TASK)
    messages.success(request, f"“{found.name}” is told what happens from now on.")
    return see(request, "webhooks:webhook", public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask whether to delete it with its log, and do so."""
    found = _one(request, public_id)
    if request.method != "POST":
        return render(request, "webhooks/delete.html", {"webhook": found})
    keeping.delete_webhook(webhook=found, by=person(request))
    messages.success(request, f"“{found.name}” is deleted.")
    return see(request, "webhooks:webhooks")


@require_safe
def delivery(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what was sent, and each try."""
    found = _delivery(request, public_id)
    body = json.dumps(json.loads(found.body), indent=2, ensure_ascii=False) if found.body else ""
    shown = {"delivery": found, "webhook": found.webhook, "body": body, "tries": found.tries.order_by("-pk")[:50]}
    return render(request, "webhooks/delivery.html", shown)


@require_POST
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send one again, under the same webhook-id."""
    found = _delivery(request, public_id)
    try:
        keeping.send_again(delivery=found, by=person(request), at=clock.now())
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        nudge(_TASK)
        messages.success(request, "It goes out again, under the same webhook-id.")
    return see(request, "webhooks:delivery", public_id=public_id)


def _page(
    request: HttpRequest, found: Webhook, form: WebhookForm, *, secret: str = "", is_new: bool = False
) -> HttpResponse:
    shown = {
        "webhook": found,
        "form": form,
        "log": log_of(found, after=request.GET.get("after", "")),
        "secret": secret,
        "is_new": is_new,
        "refused": bool(form.errors),
    }
    return render(request, "webhooks/webhook.html", shown, status=UNPROCESSABLE if form.errors else None)


def _one(request: HttpRequest, public_id: str) -> Webhook:
    return get_object_or_404(Webhook.objects.visible_to(person(request)), public_id=public_id)


def _delivery(request: HttpRequest, public_id: str) -> WebhookDelivery:
    mine = WebhookDelivery.objects.visible_to(person(request)).select_related("webhook")
    return get_object_or_404(mine, public_id=public_id)
