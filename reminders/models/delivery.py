"""What is to be sent, what was told in the app, and what each person wants of it."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual

from accounts.models import SignIn
from applications.models import Application, InterviewRound
from companies.models import Cycle, Proposal, Season
from outreach.models import Contact
from reminders import plan
from supervision.models import Comment, Request, SharingEvent


class Kind(models.TextChoices):
    """What a person chooses about."""

    INTERVIEWS = plan.Kind.INTERVIEWS.value, "Interviews"
    OFFERS = plan.Kind.OFFERS.value, "Offer answers"
    CLOSING = plan.Kind.CLOSING.value, "Closing dates"
    FOLLOW_UPS = plan.Kind.FOLLOW_UPS.value, "Follow-ups"
    WEEKLY = plan.Kind.WEEKLY.value, "Weekly plan"
    WINDOW = plan.Kind.WINDOW.value, "Window milestones"
    PROGRAMMES = plan.Kind.PROGRAMMES.value, "Programmes and schemes"
    PROPOSALS = plan.Kind.PROPOSALS.value, "Proposal results"
    REQUESTS = plan.Kind.REQUESTS.value, "Requests and comments"
    DIGEST = plan.Kind.DIGEST.value, "Your students this month"
    ACCESS = plan.Kind.ACCESS.value, "Sharing and access"
    PAUSE = plan.Kind.PAUSE.value, "Pausing reminders"


class Rule(models.TextChoices):
    """Why something is due."""

    SIGN_IN = plan.Rule.SIGN_IN.value, "New sign-in"
    SHARING_CHANGED = plan.Rule.SHARING_CHANGED.value, "Sharing changed"
    LEAVING = plan.Rule.LEAVING.value, "Account to be deleted"
    EXPORT_READY = plan.Rule.EXPORT_READY.value, "Export ready"
    INTERVIEW_SOON = plan.Rule.INTERVIEW_SOON.value, "Interview in one hour"
    INTERVIEW_TOMORROW = plan.Rule.INTERVIEW_TOMORROW.value, "Interview tomorrow"
    OFFER_ANSWER = plan.Rule.OFFER_ANSWER.value, "Answer to an offer due"
    REQUEST_DUE = plan.Rule.REQUEST_DUE.value, "Request due"
    POSTING_CLOSES = plan.Rule.POSTING_CLOSES.value, "Posting closes"
    DEBRIEF = plan.Rule.DEBRIEF.value, "Debrief"
    WEEKLY_PLAN = plan.Rule.WEEKLY_PLAN.value, "Weekly plan"
    FOLLOW_UP = plan.Rule.FOLLOW_UP.value, "Follow-up due"
    OUTREACH = plan.Rule.OUTREACH.value, "One more note to somebody"
    REQUEST_ANSWERED = plan.Rule.REQUEST_ANSWERED.value, "Request answered"
    COMMENTED = plan.Rule.COMMENTED.value, "Comment"
    SCHEME_CLOSES = plan.Rule.SCHEME_CLOSES.value, "Enrichment scheme closes"
    PROGRAMME_OPENS = plan.Rule.PROGRAMME_OPENS.value, "Followed programme opens"
    PROGRAMME_MOVED = plan.Rule.PROGRAMME_MOVED.value, "Days of a followed programme changed"
    WINDOW_OPENS = plan.Rule.WINDOW_OPENS.value, "Window opens"
    WINDOW_HALF = plan.Rule.WINDOW_HALF.value, "Half of the window is over"
    WINDOW_CLOSING = plan.Rule.WINDOW_CLOSING.value, "Window closes in two weeks"
    PROPOSAL_RESULT = plan.Rule.PROPOSAL_RESULT.value, "Suggestion decided"
    DIGEST = plan.Rule.DIGEST.value, "Your students this month"
    PEOPLE_KEPT = plan.Rule.PEOPLE_KEPT.value, "People kept for long"
    PAUSE_QUESTION = plan.Rule.PAUSE_QUESTION.value, "Pause your reminders?"


_ABOUT = ("round", "season", "application", "cycle", "sharing", "sign_in", "proposal", "request", "comment", "contact")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, by what may be done with them."""

    def due(self, at: dt.datetime) -> Self:
        """Keep those that may be taken: pending, or in the hands of somebody whose lease ran out."""
        return self.filter(state__in=Delivery.OPEN, available_at__lte=at)

    def unsent(self) -> Self:
        """Keep those that nobody has begun to send."""
        return self.filter(state=Delivery.State.PENDING)

    def of_late(self, since: dt.datetime) -> Self:
        """Keep those that went out after this instant, or may have, and those on their way."""
        sent = Q(state=Delivery.State.SENT)
        return self.filter(
            Q(state=Delivery.State.SENDING) | (sent & Q(sent_at__gt=since)) | (~sent & Q(maybe_at__gt=since))
        )


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
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    cycle = models.ForeignKey(Cycle, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    sharing = models.ForeignKey(
        SharingEvent, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    sign_in = models.ForeignKey(
        SignIn, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # The row whose mail tells of this one too: at most one mail a day.
    carrier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried", db_index=False
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
    # The end of a lease that nobody gave back: the mail may have arrived by then, whatever became of the row since.
    maybe_at = models.DateTimeField(null=True, blank=True)
    # The kind of trouble and the server's number for it; never an address or a text.
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """About one thing at most; a lease while sending; what was sent has its moment and its Message-ID."""

        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], name="delivery_once"),
            models.UniqueConstraint(fields=["message_id"], name="delivery_message_id_once"),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    models.Func(
                        *map(F, _ABOUT),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="delivery_about_one_thing_at_most",
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
                condition=~Q(state__in=["sending", "sent"])
                | Q(channel="app")
                | Q(message_id__isnull=False)
                | Q(carrier__isnull=False),
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
            # the planner's look at what there is of these days: rows lie in the order of their days, nearly
            BrinIndex(fields=["due_at"], name="delivery_days", pages_per_range=16, autosummarize=True),
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
            # the same for an application, a sharing and a mail that others travel in
            models.Index(
                fields=["application"], condition=Q(application__isnull=False), name="delivery_of_application"
            ),
            models.Index(fields=["sharing"], condition=Q(sharing__isnull=False), name="delivery_of_sharing"),
            models.Index(fields=["carrier"], condition=Q(carrier__isnull=False), name="delivery_carried"),
            # how many mails a person had today
            models.Index(
                fields=["person", "sent_at"], condition=Q(state="sent", channel="mail"), name="delivery_sent_today"
            ),
        ]

    def __str__(self) -> str:
        """Show the key."""
        return self.key
