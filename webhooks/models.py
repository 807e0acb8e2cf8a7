"""Addresses that a person wants to be told at, what is told there, and each try."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from tracker.lib.fields import WebURLField
from tracker.lib.ids import LENGTH, new_public_id
from webhooks.signing import new_salt

PING = "ping"
"""The type of a test, which every webhook is told."""


class EventType(models.TextChoices):
    """What one may be told of; the triggers of the migrations write these very names."""

    APPLICATION_ADDED = "application.added", "An application is added"
    APPLICATION_MOVED = "application.moved", "An application changes its stage: moved, closed, offer accepted"
    APPLICATION_DELETED = "application.deleted", "An application is deleted"
    ROUND_ADDED = "round.added", "An interview round is added"
    ROUND_CHANGED = "round.changed", "A round changes its kind, time or state"
    ROUND_DELETED = "round.deleted", "A round is deleted"
    OFFER_NOTED = "offer.noted", "What they offer is noted or changed"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Webhooks, by whose they are."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(person=user)


class Webhook(models.Model):
    """An address that is told of a person's own events. Its secret is derived, not kept (see `signing`)."""

    class Off(models.TextChoices):
        """Why it is told nothing now."""

        NO = "", "On"
        PAUSED = "paused", "Paused"
        GONE = "gone", "Turned off: the address answered that it is gone (410)"
        SILENT = "silent", "Turned off: nothing arrived for five days"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="webhooks")
    name = models.CharField("what it is for", max_length=80)
    url = WebURLField("address")
    events = ArrayField(models.CharField(max_length=20, choices=EventType), verbose_name="what it is told")
    off = models.CharField(max_length=6, choices=Off, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    # The secret before the present one signs as well, until then.
    old_salt = models.CharField(max_length=32, blank=True, editable=False)
    old_until = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField()
    # The end of somebody's lease, or of the last one: who was served longest ago comes first.
    free_at = models.DateTimeField()
    # After trouble nothing is sent until then, however much waits.
    rests_until = models.DateTimeField(null=True)
    troubles = models.PositiveIntegerField(default=0)
    troubled_since = models.DateTimeField(null=True)

    objects: ClassVar[WebhookQuerySet] = WebhookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Found by person, as the triggers ask."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(off__in=["", "paused", "gone", "silent"]), name="webhook_off_known")
        ]

    def __str__(self) -> str:
        """Show the key: where somebody is told is private."""
        return f"Webhook {self.pk}"


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Deliveries, by whose they are."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own webhooks."""
        return self.filter(webhook__person=user)


class WebhookDelivery(models.Model):
    """One thing told to one address: the outbox, written in the transaction of what it tells of.

    A trigger writes it. While a person is being deleted it may write one last time for a webhook that goes in the same
    transaction, which is why the database itself deletes what hangs on a webhook.
    """

    class State(models.TextChoices):
        """How far it is; `given_up` and `sent` can be sent again by hand."""

        DUE = "due", "Waiting"
        SENT = "sent", "Arrived"
        GIVEN_UP = "given_up", "Given up"

    # 32 hexadecimal digits: PostgreSQL makes them.
    public_id = models.CharField(max_length=32, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.DB_CASCADE, related_name="deliveries", db_index=False)
    type = models.CharField(max_length=20)
    # What the trigger saw: public ids, and the stage before and after.
    facts = models.JSONField()
    # The JSON as it was first sent; every further try sends the same.
    body = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State)
    attempts = models.PositiveSmallIntegerField()
    # How the last try ended, in a sentence.
    said = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()

    objects: ClassVar[WebhookDeliveryQuerySet] = WebhookDeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by webhook, the newest first; found by when it is due, and by age when it goes."""

        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=["due", "sent", "given_up"]), name="webhook_delivery_state")
        ]
        indexes: ClassVar = [
            models.Index(fields=["webhook", "-id"], name="webhook_log"),
            models.Index(fields=["webhook", "due_at", "id"], condition=Q(state="due"), name="webhook_due"),
            models.Index(fields=["made_at"], name="webhook_delivery_by_age"),
        ]

    def __str__(self) -> str:
        """Show the key."""
        return f"Delivery {self.pk}"

    @property
    def is_tried_again(self) -> bool:
        """Whether it waits for another try."""
        return self.state == self.State.DUE and self.attempts > 0

    @property
    def is_sent(self) -> bool:
        """Whether it arrived."""
        return self.state == self.State.SENT

    @property
    def is_given_up(self) -> bool:
        """Whether nobody tries any more."""
        return self.state == self.State.GIVEN_UP

    @property
    def label(self) -> str:
        """What happened, in words."""
        return "A test" if self.type == PING else dict(EventType.choices).get(self.type, self.type)


class WebhookAttempt(models.Model):
    """One try to send a delivery; of the answer only its status is kept."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.DB_CASCADE, related_name="tries")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    said = models.CharField(max_length=200)

    def __str__(self) -> str:
        """Show the key."""
        return f"Attempt {self.pk}"
