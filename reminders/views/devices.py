"""The devices on which a person sees notifications, and the script that shows them there."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from accounts.devices import device_words
from accounts.models import User
from reminders import actions, push_keys
from reminders.forms import DeviceForm
from reminders.middleware import DEVICE
from reminders.models import Device
from tracker.lib import clock
from tracker.lib.http import see

_WORKER = settings.BASE_DIR / "assets" / "js" / "worker" / "push.js"


def devices_of(user: User) -> dict[str, object]:
    """Return what the page of preferences shows of them; an empty key when this site shows none on devices."""
    if not settings.VAPID_PRIVATE_KEY:
        return {"push_key": ""}
    own = Device.objects.visible_to(user).order_by("-created_at", "-pk")
    return {"push_key": push_keys.public_key(settings.VAPID_PRIVATE_KEY), "devices": own}


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Show notifications on the browser that asks."""
    _offered()
    form, user = DeviceForm(request.POST), cast("User", request.user)
    if form.is_valid():
        device = actions.add_device(
            by=user,
            endpoint=form.cleaned_data["endpoint"],
            keys=(form.cleaned_data["p256dh"], form.cleaned_data["auth"]),
            name=device_words(request.headers.get("User-Agent", "")),
            at=clock.now(),
        )
        request.session[DEVICE] = device.public_id
        messages.success(request, "Notifications are shown on this device from now on.")
    else:
        messages.error(request, "This browser did not say where it takes notifications. Try again, or use another one.")
    return see(request, "reminders:preferences")


@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show none there any more."""
    _offered()
    device = get_object_or_404(Device.objects.visible_to(cast("User", request.user)), public_id=public_id)
    actions.forget_device(by=cast("User", request.user), public_id=device.public_id)
    messages.success(request, f"No notifications on {device.name} any more.")
    return see(request, "reminders:preferences")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """Return the script at an address that stays: a hashed one would be another worker after each release."""
    _offered()
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8", headers=headers)


def _offered() -> None:
    if not settings.VAPID_PRIVATE_KEY:
        raise Http404
