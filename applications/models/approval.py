"""The record of approval of one application: who pays, what it does to the thesis, and who decided when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from applications.choices import Decision, Funder, Stipend
from applications.models.application import Application
from applications.models.base import OfApplication
from tracker.lib.fields import SensibleDateField


class Approval(models.Model):
    """What a student settles before applying; all of it is theirs, and nobody reads it who was not asked."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="approval")
    funder = models.CharField("who funds your PhD", max_length=10, choices=Funder, default=Funder.UNKNOWN, blank=True)
    funder_name = models.CharField("name of the funder", max_length=160, blank=True)
    away_from = SensibleDateField("away from", null=True, blank=True)
    away_until = SensibleDateField("away until", null=True, blank=True)
    stipend = models.CharField(
        "your stipend meanwhile", max_length=9, choices=Stipend, default=Stipend.UNKNOWN, blank=True
    )
    thesis_on = SensibleDateField("thesis due now", null=True, blank=True)
    thesis_moves_to = SensibleDateField("thesis due afterwards", null=True, blank=True)
    conditions = models.TextField("what they asked for", max_length=2_000, blank=True)
    decision = models.CharField("decision", max_length=10, choices=Decision, default=Decision.OPEN, blank=True)
    decided_by = models.CharField("who decided", max_length=200, blank=True)
    decided_on = SensibleDateField("decided on", null=True, blank=True)
    # When somebody who was asked here gave the decision themselves; the student's own note of one has none.
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[OfApplication["Approval"]] = OfApplication["Approval"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Days are in order, and a decision says who made it and when."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(away_from__isnull=True) | Q(away_until__isnull=True) | Q(away_from__lt=F("away_until")),
                name="approval_days_in_order",
                violation_error_message="The last day away is before the first.",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=(Decision.OPEN, Decision.NOT_NEEDED))
                | (~Q(decided_by="") & Q(decided_on__isnull=False)),
                name="approval_decided_by_somebody",
                violation_error_message="Enter who decided, and on which day.",
            ),
        ]

    def __str__(self) -> str:
        """Show the record by its key, so that no query is needed."""
        return f"Approval {self.pk}"
