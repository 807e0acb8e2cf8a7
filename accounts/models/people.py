"""The person who signs in."""

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tracker.lib.fields import SensibleDateField, validate_zone
from tracker.lib.ids import LENGTH, new_public_id


class Theme(models.TextChoices):
    """How pages look; `system` follows the device."""

    SYSTEM = "system", "Like my device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is kept in lower case, so one person cannot sign up twice."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make an active student unless the fields say otherwise."""
        if not email:
            message = "Enter an e-mail address."
            raise ValueError(message)
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a person with every right; used by `manage.py createsuperuser`."""
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, "is_student": False, **fields}
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address in any case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """One person. Roles add up: somebody can be a student and a curator at once."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, default="Europe/London", validators=[validate_zone])
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    shortcuts = models.BooleanField("single-key shortcuts", default=True)
    phd_started_on = SensibleDateField("PhD started on", null=True, blank=True)
    is_student = models.BooleanField("student", default=True)
    is_supervisor = models.BooleanField("supervisor", default=False)
    is_curator = models.BooleanField("curator", default=False)
    # Follows from departments: so that no page asks for them.
    is_coordinator = models.BooleanField("coordinator", default=False, editable=False)
    is_staff = models.BooleanField("staff", default=False, help_text="May open the raw tables at /manage/.")
    is_active = models.BooleanField("active", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The last day (of theirs) with a page opened; reminders fall silent when nobody comes.
    last_seen_on = models.DateField(null=True, blank=True, editable=False)
    # When they asked for their account to be deleted; it goes `WAYMARK_LEAVING` later unless they change their mind.
    leaving_since = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """E-mail addresses are one person's whatever their case."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_any_case",
                violation_error_message="Somebody already uses this e-mail address.",
            ),
        ]
        indexes: ClassVar = [
            # the job that deletes accounts
            models.Index(fields=["leaving_since"], condition=Q(leaving_since__isnull=False), name="user_leaving"),
        ]

    def __str__(self) -> str:
        """Show the name, else the part before the @."""
        return self.name or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        """Two letters for the round mark in the header."""
        words = str(self).replace(".", " ").split() or ["?"]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which this person's days begin and end."""
        return ZoneInfo(self.time_zone)

    @property
    def leaves_at(self) -> dt.datetime | None:
        """When the account is deleted; None for whoever stays."""
        return self.leaving_since + settings.WAYMARK_LEAVING if self.leaving_since else None

    def phd_year(self, on: dt.date) -> int | None:
        """Return 1 in the first year of the PhD, and so on; None when the start is unknown or ahead."""
        start = self.phd_started_on
        if start is None or on < start:
            return None
        return int(on.year - start.year - ((on.month, on.day) < (start.month, start.day)) + 1)


class SignIn(models.Model):
    """A sign-in from a device that this person had not used before: they are told of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    # As the device names itself, in words: "Firefox on Linux". No address is kept.
    device = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        """Show the device."""
        return self.device
