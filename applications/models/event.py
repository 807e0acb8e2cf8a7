"""What happened to an application, on which day: its stage follows from these."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from applications.models.application import Application
from applications.models.base import OfApplication
from applications.stage import OUTCOME_CHOICES, STAGE_CHOICES
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id


class EventQuerySet(OfApplication["Event"]):
    """Events, by what they mean."""

    def following_up(self) -> Self:
        """Keep what counts as a follow-up: a mail or a call after the day of applying (`cards.FOLLOWED_UP` in SQL)."""
        return self.filter(kind__in=[Event.Kind.EMAIL, Event.Kind.CALL], on__gt=F("application__applied_on"))


class Event(models.Model):
    """Something that happened on a day; the stage of an application follows from its events."""

    class Kind(models.TextChoices):
        """What happened."""

        ADDED = "added", "Added"
        STAGE = "stage", "Stage"
        NOTE = "note", "Note"
        EMAIL = "email", "Email"
        CALL = "call", "Call"
        INTERVIEW = "interview", "Interview"
        ROUND = "round", "Round"
        EDIT = "edit", "Edit"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    on = SensibleDateField("day")
    stage = models.CharField(max_length=12, choices=STAGE_CHOICES, blank=True)
    came_from = models.CharField(max_length=12, choices=STAGE_CHOICES, blank=True)
    outcome = models.CharField(max_length=16, choices=OUTCOME_CHOICES, blank=True)
    text = models.TextField("what happened", max_length=5_000, blank=True)
    is_shared = models.BooleanField("share with supervisors who see details", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """A stage event, and the first one, name a stage."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["added", "stage"], stage__gt="")
                | (~Q(kind__in=["added", "stage"]) & Q(stage="")),
                name="event_stage_fits_kind",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["application", "-on", "-id"], name="event_timeline")]  # timeline

    def __str__(self) -> str:
        """Show kind and day."""
        return f"{self.kind} on {self.on}"
