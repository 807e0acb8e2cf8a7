"""What one student wants from one season, and the dated steps towards it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from applications.models.base import OfStudent
from companies.models import Season
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id


class SeasonPlan(models.Model):
    """Goal, window and wished start; without a row the season's own window and no goal hold."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="season_plans")
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="plans")
    goal = models.PositiveSmallIntegerField("applications to send", null=True, blank=True)
    weekly_target = models.PositiveSmallIntegerField("a week", null=True, blank=True)
    opens_on = SensibleDateField("window opens", null=True, blank=True)
    closes_on = SensibleDateField("window closes", null=True, blank=True)
    starts_on = SensibleDateField("earliest start", null=True, blank=True)
    weeks = models.PositiveSmallIntegerField("length in weeks", null=True, blank=True)
    # When the start was last set: a plan that has to be squeezed is laid out between this day and the start.
    planned_on = SensibleDateField(null=True, blank=True, editable=False)
    # The Monday of the week whose shortfall the student last answered, and how many they carry over from it.
    asked_about = SensibleDateField(null=True, blank=True, editable=False)
    carried = models.PositiveSmallIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[OfStudent["SeasonPlan"]] = OfStudent["SeasonPlan"].as_manager()  # type: ignore[assignment]

    class Meta:
        """One plan per student and season."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["student", "season"], name="season_plan_once"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(opens_on__lt=F("closes_on")),
                name="season_plan_days_in_order",
                violation_error_message="The window closes before it opens.",
            ),
        ]

    def __str__(self) -> str:
        """Show the season by its key, so that no query is needed."""
        return f"Plan {self.pk}"


class PlanStep(models.Model):
    """One step of the plan that the student moved, removed, ticked or made; the others are derived from the start.

    `key` names the derived step it stands for (see planning.py); it is empty for an own step such as a conference week.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=24, blank=True, editable=False)
    title = models.CharField("what", max_length=160, blank=True)
    begins_on = SensibleDateField("from", null=True, blank=True)
    ends_on = SensibleDateField("until", null=True, blank=True)
    is_removed = models.BooleanField(default=False, editable=False)
    done_on = SensibleDateField(null=True, blank=True, editable=False)

    objects: ClassVar[OfStudent["PlanStep"]] = OfStudent["PlanStep"].as_manager()  # type: ignore[assignment]

    class Meta:
        """A derived step is overridden once; an own one has a title and days; days are in order."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["student", "season", "key"], condition=~Q(key=""), name="plan_step_overridden_once"
            ),
            models.CheckConstraint(
                condition=~Q(key="") | (~Q(title="") & Q(begins_on__isnull=False)), name="plan_step_own_is_complete"
            ),
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(ends_on__isnull=True) | Q(begins_on__lte=F("ends_on")),
                name="plan_step_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        """Show the title, else the key."""
        return self.title or self.key
