"""Conferences and workshops that a student goes to, and who of their people will be there."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from outreach.models.contact import Contact
from tracker.lib.fields import SensibleDateField, WebURLField
from tracker.lib.ids import LENGTH, new_public_id


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Conferences, by who goes there."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own."""
        return self.filter(student=user)


class Conference(models.Model):
    """One conference or workshop, from its first to its last day."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conferences")
    name = models.CharField(max_length=160)
    place = models.CharField(max_length=160, blank=True)
    url = WebURLField("web page", blank=True)
    begins_on = SensibleDateField("first day")
    ends_on = SensibleDateField("last day")
    people = models.ManyToManyField(Contact, related_name="conferences")
    # Grows with each change, so that calendars take the later one.
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField()

    objects: ClassVar[ConferenceQuerySet] = ConferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """A name, and days in order."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(name__gt=""), name="conference_has_a_name"),
            models.CheckConstraint(condition=Q(begins_on__lte=F("ends_on")), name="conference_days_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["student", "begins_on", "id"], name="conference_by_day")]

    def __str__(self) -> str:
        """Show the key of the row: where somebody goes is private here."""
        return f"Conference {self.pk}"
