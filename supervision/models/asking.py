"""What a student asks somebody for: a letter, an introduction, a signature, an approval, help."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.models import User
from applications.models import Application
from supervision.asking import ASKED_CHOICES, WAITING, WORDINGS, Standing, Wording, standing_words
from supervision.models.sharing import Supervision, hash_token
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id

_MORNING = dt.time(8)
_WAITING = [one.value for one in WAITING]
_ANSWERED = [one.value for one in Standing if one not in WAITING]


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests, by who asks, who is asked, and how they stand."""

    def visible_to(self, user: User) -> Self:
        """Keep those that this person made, and those made of them through a sharing that stands."""
        return self.filter(Q(student=user) | self._asked_of(user))

    def made_of(self, user: User) -> Self:
        """Keep those made of this supervisor, without those that were taken back."""
        return self.filter(self._asked_of(user)).exclude(standing=Standing.WITHDRAWN)

    def waiting_for(self, user: User) -> Self:
        """Keep those that this supervisor still has to do something about."""
        return self.filter(self._asked_of(user), standing__in=WAITING)

    def waiting(self) -> Self:
        """Keep those that somebody still has to do something about."""
        return self.filter(standing__in=WAITING)

    def open_to(self, token: str, on: dt.date) -> Self:
        """Keep the request that this secret from a mail opens, while it waits and for some weeks after its day."""
        since = on - dt.timedelta(days=settings.WAYMARK_REQUEST_LINK_DAYS)
        recent = Q(due_on__gte=since) | Q(due_on=None, asked_at__date__gte=since)
        return self.waiting().filter(recent, token_hash=hash_token(token), student__is_active=True)

    def unsent(self, at: dt.datetime) -> Self:
        """Keep those whose letter is due now."""
        return self.waiting().filter(mail_due_at__lte=at, student__is_active=True)

    @staticmethod
    def _asked_of(user: User) -> Q:
        return Q(supervision__supervisor=user, supervision__ended_at=None, student__is_active=True)


class Request(models.Model):
    """One thing that a student asks one person for; that person reads all of it, except the application's link."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="requests_made")
    # Through which it is asked; somebody without an account is asked by mail alone.
    supervision = models.ForeignKey(Supervision, null=True, on_delete=models.CASCADE, related_name="requests")
    email = models.EmailField("their e-mail address", max_length=254)
    kind = models.CharField("what for", max_length=12, choices=ASKED_CHOICES)
    what = models.CharField("in a line", max_length=200)
    details = models.TextField("what they need to know", max_length=4_000, blank=True)
    # The student's own link; whoever is asked sees the application as far as it is shared, or not.
    application = models.ForeignKey(Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # What is to be approved, as it read when it was asked: [label, words] in order.
    facts = models.JSONField(default=list, blank=True)
    due_on = SensibleDateField("needed by", null=True, blank=True)
    asked_at = models.DateTimeField()
    standing = models.CharField(
        max_length=9, choices=[(one.value, one.value.title()) for one in Standing], default=Standing.OPEN.value
    )
    promised_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField("their words", max_length=4_000, blank=True)
    # Nobody when it was answered by the link of the mail.
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # SHA-256 of the secret in the mail's link.
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    # A mail is due while this is set: the first at once, a second one shortly before the day.
    mail_due_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mails = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[RequestQuerySet] = RequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Answered when it stands so; its link dies with the answer."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(standing__in=_WAITING, answered_at=None)
                | Q(standing__in=_ANSWERED, answered_at__isnull=False),
                name="request_answered_when_it_is",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=Q(token_hash__gt=""), name="request_secret_once"),
        ]
        indexes: ClassVar = [
            # a supervisor's queue, and the planner of reminders
            models.Index(fields=["supervision", "due_on"], condition=Q(standing__in=_WAITING), name="request_queue"),
            # a student's list
            models.Index(fields=["student", "-asked_at"], name="request_own"),
            # the sender of letters
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="request_mail_due"),
        ]

    def __str__(self) -> str:
        """Show what it is for, without anything private."""
        return self.wording.label

    @property
    def wording(self) -> Wording:
        """The words of its kind."""
        return WORDINGS[self.kind]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.standing in WAITING

    @property
    def standing_words(self) -> str:
        """How it stands: "Letter sent"."""
        return standing_words(self.kind, self.standing)

    @property
    def again_at(self) -> dt.datetime | None:
        """When somebody without an account is asked once more by mail; whoever has one is reminded like everybody."""
        if self.supervision_id or self.due_on is None:
            return None
        at = dt.datetime.combine(self.due_on - settings.WAYMARK_REQUEST_AGAIN, _MORNING, dt.UTC)
        return at if at - self.asked_at > settings.WAYMARK_REQUEST_AGAIN else None

    @property
    def token(self) -> str:
        """The secret of its mail, 256 bits derived with SECRET_KEY: the same at every try."""
        return salted_hmac("supervision.request", self.public_id, algorithm="sha256").hexdigest()
