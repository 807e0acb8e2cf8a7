"""The devices on which a person sees notifications, and what is on its way to them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from reminders.models.notice import Notice
from tracker.lib.ids import LENGTH, new_public_id


class DeviceQuerySet(models.QuerySet["Device"]):
    """Devices, by owner."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(person=user)


class Device(models.Model):
    """A browser that takes web push (RFC 8030): where its service takes messages, and the keys that seal them."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    endpoint = models.CharField(max_length=1000)
    # SHA-256 of the endpoint: one row per browser, and what the page compares with its own.
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=88)
    auth = models.CharField(max_length=24)
    # In words, as of a sign-in: "Firefox on Linux".
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    objects: ClassVar[DeviceQuerySet] = DeviceQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Push(models.Model):
    """One notice on its way to one device, at least once: a second arrival takes the place of the first one there."""

    class Outcome(models.TextChoices):
        """How it ended."""

        SENT = "sent", "Sent"
        DROPPED = "dropped", "Read or too late"
        REFUSED = "refused", "Refused"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="pushes", db_index=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="pushes")
    # Not before: the next try, the end of quiet hours or of somebody's lease.
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)

    class Meta:
        """Once for each notice and device."""

        verbose_name_plural = "pushes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "device"], name="push_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "sent", "dropped", "refused"]), name="push_outcome_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["available_at", "id"], condition=Q(outcome=""), name="push_due"),
        ]

    def __str__(self) -> str:
        """Show the keys of both."""
        return f"{self.notice_id} to {self.device_id}"
