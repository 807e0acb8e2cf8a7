"""Which supervisor may look at which student's applications, how far, and since when."""

import datetime as dt
import hashlib
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from accounts.models import User
from applications.models import Application
from supervision.level import LEVEL_CHOICES, SCOPES, WORDING, Level, Scope
from tracker.lib.ids import LENGTH, new_public_id


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    """Supervisions, by who is in them and how they stand."""

    def visible_to(self, user: User) -> Self:
        """Keep the live ones in which this person is the student, or the supervisor who accepted."""
        return self.live().filter(Q(student=user) | Q(supervisor=user))

    def live(self) -> Self:
        """Keep those that nobody ended."""
        return self.filter(ended_at__isnull=True)

    def accepted(self) -> Self:
        """Keep those with a supervisor."""
        return self.filter(supervisor__isnull=False)

    def pending(self) -> Self:
        """Keep live invitations that nobody accepted yet, expired ones too."""
        return self.live().filter(supervisor__isnull=True)

    def shared_with(self, user: User) -> Self:
        """Keep those through which this supervisor sees something: the only road to a student's shared facts."""
        return self.live().filter(supervisor=user, student__is_active=True).exclude(level=Level.NOTHING)

    def open_to(self, token: str, at: dt.datetime) -> Self:
        """Keep the pending invitation that this secret from a mail opens, while it lasts."""
        recent = at - dt.timedelta(days=settings.WAYMARK_INVITATION_DAYS)
        return self.pending().filter(token_hash=hash_token(token), invited_at__gt=recent, student__is_active=True)

    def unsent(self, at: dt.datetime) -> Self:
        """Keep pending invitations whose letter is due now."""
        return self.pending().filter(mail_due_at__lte=at)


class Supervision(models.Model):
    """One student and one supervisor, from the invitation to the end of sharing."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supervisions")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="students_shared"
    )
    email = models.EmailField("supervisor's e-mail address", max_length=254)
    # SHA-256 of the secret in the letter's link; the secret itself is nowhere but in the letter.
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    level = models.CharField(max_length=8, choices=LEVEL_CHOICES, default=Level.NOTHING)
    level_at = models.DateTimeField(null=True)
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # The letter is due while this is set; a sender moves it ahead before each try, so that two never send at once.
    mail_due_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[SupervisionQuerySet] = SupervisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One live row per pair; nothing is shared before somebody accepted."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["student", "email"],
                condition=Q(ended_at__isnull=True),
                name="supervision_once_per_address",
                violation_error_message="You invited this address already.",
            ),
            models.UniqueConstraint(
                fields=["student", "supervisor"],
                condition=Q(ended_at__isnull=True),
                name="supervision_once_per_pair",
                violation_error_message="You are this student's supervisor already.",
            ),
            # also how an invitation is found by its secret
            models.UniqueConstraint(
                fields=["token_hash"], condition=Q(token_hash__gt=""), name="supervision_secret_once"
            ),
            models.CheckConstraint(
                condition=Q(supervisor__isnull=True) | ~Q(supervisor=F("student")), name="supervision_of_another"
            ),
            models.CheckConstraint(
                condition=Q(supervisor__isnull=True, accepted_at__isnull=True, level=Level.NOTHING)
                | Q(supervisor__isnull=False, accepted_at__isnull=False),
                name="supervision_shares_after_acceptance",
            ),
            models.CheckConstraint(condition=Q(level__in=list(SCOPES)), name="supervision_level_known"),
        ]
        indexes: ClassVar = [
            # a supervisor's first page
            models.Index(fields=["supervisor"], condition=Q(ended_at__isnull=True), name="supervision_live"),
            # the sender of letters
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="supervision_mail_due"),
        ]

    def __str__(self) -> str:
        """Show the address that was invited."""
        return self.email

    @property
    def scope(self) -> Scope:
        """What the level opens."""
        return SCOPES[self.level]

    @property
    def is_pending(self) -> bool:
        """Whether nobody accepted the invitation yet."""
        return self.supervisor_id is None

    @property
    def open_until(self) -> dt.datetime:
        """When an invitation that nobody accepted stops working."""
        return self.invited_at + dt.timedelta(days=settings.WAYMARK_INVITATION_DAYS)

    @property
    def token(self) -> str:
        """The secret of this invitation, 256 bits derived with SECRET_KEY: the same at every try of its letter."""
        return salted_hmac("supervision.invitation", self.public_id, algorithm="sha256").hexdigest()


class SharingException(models.Model):
    """One application that a supervisor sees less of, or more, than their level opens."""

    supervision = models.ForeignKey(Supervision, on_delete=models.CASCADE, related_name="exceptions")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    is_hidden = models.BooleanField(default=False)
    shows_pay = models.BooleanField(default=False)

    class Meta:
        """Each says one thing: what is hidden shows no pay."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["supervision", "application"], name="sharing_exception_once"),
            models.CheckConstraint(
                condition=Q(is_hidden=True, shows_pay=False) | Q(is_hidden=False, shows_pay=True),
                name="sharing_exception_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        """Show which way it goes; the application is private."""
        return "Hidden" if self.is_hidden else "With pay"


class SharingEvent(models.Model):
    """What changed about one sharing, when, and by whom: the record of consent."""

    class Kind(models.TextChoices):
        """What happened."""

        INVITED = "invited", "Invited"
        ACCEPTED = "accepted", "Accepted"
        LEVEL = "level", "Level changed"
        HIDDEN = "hidden", "Application hidden"
        SHOWN = "shown", "Application shown again"
        PAY = "pay", "Pay of an offer shared"
        NO_PAY = "no_pay", "Pay of an offer not shared any more"
        ENDED = "ended", "Ended"

    supervision = models.ForeignKey(Supervision, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind)
    level = models.CharField(max_length=8, choices=LEVEL_CHOICES)
    # The one that an exception is about.
    application = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="+")
    # Which wording of the levels was read; those before it was written down read the first.
    wording = models.CharField(max_length=7, default=WORDING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show kind and level."""
        return f"{self.kind}: {self.level}"


class Look(models.Model):
    """Somebody looked at what a student shares: the access log that the student reads."""

    class Page(models.TextChoices):
        """Which page it was."""

        STUDENTS = "students", "List of students"
        STUDENT = "student", "Your page"
        APPLICATION = "application", "One application"

    supervision = models.ForeignKey(Supervision, on_delete=models.CASCADE, related_name="looks")
    page = models.CharField(max_length=11, choices=Page)
    application = models.ForeignKey(Application, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Read by sharing, the newest first."""

        indexes: ClassVar = [models.Index(fields=["supervision", "-at"], name="look_newest")]

    def __str__(self) -> str:
        """Show the page."""
        return str(self.get_page_display())


def hash_token(token: str) -> str:
    """Return what the database keeps of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
