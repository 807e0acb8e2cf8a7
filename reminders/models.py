"""What is to be sent, what was told in the app, and what each person wants of it."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from applications.models import InterviewRound
from companies.models import Season
from reminders import plan


class Kind(models.TextChoices):
    """What a person switches on and off."""

    INTERVIEWS = plan.Kind.INTERVIEWS.value, "Interviews"
    WINDOW = plan.Kind.WINDOW.value, "Window milestones"


class Rule(models.TextChoices):
    """Why something is due."""

    WINDOW_OPENS = plan.Rule.WINDOW_OPENS.value, "Window opens"
    WINDOW_HALF = plan.Rule.WINDOW_HALF.value, "Half of the window is over"
    WINDOW_CLOSING = plan.Rule.WINDOW_CLOSING.value, "Window closes in two weeks"
    INTERVIEW_TOMORROW = plan.Rule.INTERVIEW_TOMORROW.value, "Interview tomorrow"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, by what may be done with them."""

    def due(self, at: dt.datetime) -> Self:
        """Keep those that may be taken: pending, or in the hands of somebody whose lease ran out."""
        return self.filter(state__in=Delivery.OPEN, available_at__lte=at)

    def unsent(self) -> Self:
        """Keep those that nobody has begun to send."""
        return self.filter(state=Delivery.State.PENDING)


class Delivery(models.Model):
    """One reminder on its way to one person by one channel: the outbox (docs/decisions/0002 and 0009)."""

    class Channel(models.TextChoices):
        """Where it arrives."""

        MAIL = plan.Channel.MAIL.value, "E-mail"
        APP = plan.Channel.APP.value, "In the app"

    class State(models.TextChoices):
        """How far it is; all but the first two are final, `sent` for ever (a trigger holds that)."""

        PENDING = "pending", "Pending"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Given up"
        CANCELLED = "cancelled", "Cancelled"
        EXPIRED = "expired", "Too late, told in the app"
        SUPERSEDED = "superseded", "Superseded"

    OPEN: ClassVar = [State.PENDING.value, State.SENDING.value]

    key = models.CharField(max_length=200)
    # Written when the row is first claimed, before anything is sent, and the same at every try: uuid5 of the key.
    message_id = models.CharField(max_length=320, null=True, blank=True)  # noqa: DJ001 - many have none yet
    rule = models.CharField(max_length=24, choices=Rule)
    channel = models.CharField(max_length=4, choices=Channel)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries")
    round = models.ForeignKey(
        InterviewRound, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    season = models.ForeignKey(
        Season, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # Of the fact it was planned from: the round's number, the milestone's day.
    revision = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    # Not before: the due instant, the next try, or the end of the lease.
    available_at = models.DateTimeField()
    useful_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The kind of trouble and the server's number for it; never an address or a text.
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """A row is about one thing; a lease is held while sending; what was sent has its moment and its Message-ID."""

        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], name="delivery_once"),
            models.UniqueConstraint(fields=["message_id"], name="delivery_message_id_once"),
            models.CheckConstraint(
                condition=Q(round__isnull=False, season__isnull=True) | Q(round__isnull=True, season__isnull=False),
                name="delivery_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_token__isnull=False)
                | (~Q(state="sending") & Q(lease_token__isnull=True)),
                name="delivery_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "sent"]) | Q(channel="app") | Q(message_id__isnull=False),
                name="delivery_mail_has_message_id",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "sending", "sent", "failed", "cancelled", "expired", "superseded"],
                    channel__in=["mail", "app"],
                ),
                name="delivery_state_known",
            ),
            models.CheckConstraint(condition=Q(useful_until__gt=models.F("due_at")), name="delivery_useful_when_due"),
        ]
        indexes: ClassVar = [
            # claims, the planner's look for what is no longer wanted, and deep health
            models.Index(
                fields=["channel", "available_at", "id"],
                condition=Q(state__in=["pending", "sending"]),
                name="delivery_due",
            ),
            # the planner's look for what is wanted again
            models.Index(
                fields=["useful_until"],
                condition=Q(state__in=["cancelled", "superseded"]),
                name="delivery_retired",
            ),
            # a round that is deleted takes its rows along
            models.Index(fields=["round"], condition=Q(round__isnull=False), name="delivery_of_round"),
            # how many mails a person had today
            models.Index(
                fields=["person", "sent_at"], condition=Q(state="sent", channel="mail"), name="delivery_sent_today"
            ),
        ]

    def __str__(self) -> str:
        """Show the key."""
        return self.key


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, by owner and state."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(person=user)

    def unread(self) -> Self:
        """Keep those that the bell counts."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """A line in the app's list of notifications; one per occurrence."""

    key = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    round = models.ForeignKey(InterviewRound, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One per occurrence; found by person, newest first."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_list"),  # the list
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),  # the bell
        ]

    def __str__(self) -> str:
        """Show the text."""
        return self.text


class Preference(models.Model):
    """What a person wants of one kind; without a row both are on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_preferences")
    kind = models.CharField(max_length=12, choices=Kind)
    mail = models.BooleanField("e-mail", default=True)
    app = models.BooleanField("in the app", default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One row per person and kind."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once")]

    def __str__(self) -> str:
        """Show the kind."""
        return self.kind


class Pause(models.Model):
    """No e-mail to this person before a day of theirs, except about interviews."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reminder_pause"
    )
    until = models.DateField()

    def __str__(self) -> str:
        """Show the day."""
        return f"until {self.until}"


class Heartbeat(models.Model):
    """When the last pass of planning was done: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    ticked_at = models.DateTimeField()

    class Meta:
        """One row, not two."""

        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="heartbeat_one_row")]

    def __str__(self) -> str:
        """Show the instant."""
        return self.ticked_at.isoformat()
