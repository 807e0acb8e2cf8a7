"""Adds and removes the devices on which a person sees notifications."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import transaction

from accounts.models import User
from reminders.models import Device


def hash_of(endpoint: str) -> str:
    """Return what tells one browser from another."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def add_device(*, by: User, endpoint: str, keys: tuple[str, str], name: str, at: dt.datetime) -> Device:
    """Show the person's notifications there from now on; keys: the device's point and its secret.

    A browser shows those of one person: whoever asked last. Beyond the most a person may have, the oldest goes.
    """
    with transaction.atomic():
        list(User.objects.filter(pk=by.pk).select_for_update(no_key=True).values_list("pk"))
        Device.objects.filter(endpoint_hash=hash_of(endpoint)).delete()
        own = Device.objects.visible_to(by).order_by("-created_at", "-pk")
        Device.objects.filter(pk__in=list(own.values_list("pk", flat=True)[settings.WAYMARK_DEVICES - 1 :])).delete()
        return Device.objects.create(
            person=by,
            endpoint=endpoint,
            endpoint_hash=hash_of(endpoint),
            p256dh=keys[0],
            auth=keys[1],
            name=name,
            created_at=at,
        )


def forget_device(*, by: User, public_id: str) -> None:
    """Show nothing there any more, as at a sign-out; doing it twice is doing it once."""
    Device.objects.visible_to(by).filter(public_id=public_id).delete()
