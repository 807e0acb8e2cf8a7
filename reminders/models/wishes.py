"""What a person wants to hear of, where and when."""

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.models.delivery import Kind

DAYS = (
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
)


class Preference(models.Model):
    """What a person wants of one kind; without a row it is as `reminders.plan.USUAL` says."""

    class ByMail(models.TextChoices):
        """When a mail about it comes."""

        NOW = "now", "E-mail"
        WEEKLY = "weekly", "In the weekly plan"
        OFF = "off", "No e-mail"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_preferences")
    kind = models.CharField(max_length=12, choices=Kind)
    app = models.BooleanField("in the app", default=True)
    by_mail = models.CharField("by e-mail", max_length=6, choices=ByMail, default=ByMail.NOW)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One row per person and kind."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="preference_once"),
            models.CheckConstraint(condition=Q(by_mail__in=["now", "weekly", "off"]), name="preference_by_mail_known"),
        ]

    def __str__(self) -> str:
        """Show the kind."""
        return self.kind


class Times(models.Model):
    """When mails may come to one person, whatever they are about; without a row all is as the fields' defaults."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reminder_times"
    )
    # The first day of theirs with e-mail again; until then only interviews, offers and security.
    paused_until = models.DateField("pause e-mail until", null=True, blank=True)
    weekly_day = models.PositiveSmallIntegerField("day of the weekly plan", choices=DAYS, default=0)
    weekly_hour = models.PositiveSmallIntegerField("hour of the weekly plan", default=8)
    # Wall times of theirs; the hours may go over midnight, and equal ones mean none.
    quiet_from = models.TimeField("quiet from", default=dt.time(21))
    quiet_until = models.TimeField("quiet until", default=dt.time(8))
    names_in_subjects = models.BooleanField("show names of companies in subjects", default=False)
    hour_before = models.BooleanField("also an hour before an interview", default=False)

    class Meta:
        """Days and hours exist; no clock change falls into the hours at which plans leave."""

        verbose_name_plural = "times"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekly_day__range=(0, 6)), name="times_day_of_week"),
            models.CheckConstraint(
                condition=Q(weekly_hour__range=(5, 22)),
                name="times_weekly_hour",
                violation_error_message="Choose an hour from 5 to 22.",
            ),
        ]

    def __str__(self) -> str:
        """Show the person's key."""
        return f"times of {self.person_id}"

    def paused(self, at: dt.datetime, tz: ZoneInfo) -> bool:
        """Say whether mails rest at this instant."""
        return self.paused_until is not None and at.astimezone(tz).date() < self.paused_until
