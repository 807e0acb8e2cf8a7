"""An offer and its research terms; the placement that an accepted one becomes, and what came of it."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from applications.choices import Closeness, CouldBecome, EntryKind, MadeKind, MadeState, PayPer, Publishing, Visa
from applications.models.application import Application
from applications.models.base import OfApplication
from companies.models import Hours
from tracker.lib.fields import SensibleDateField, WebURLField
from tracker.lib.ids import LENGTH, new_public_id


class Offer(models.Model):
    """What they offer, as far as it is known; pay is in the currency of the offer."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="offer")
    answer_by = SensibleDateField("answer by", null=True, blank=True)
    project = models.CharField(max_length=500, blank=True)
    mentor = models.CharField(max_length=200, blank=True)
    closeness = models.CharField(
        "close to your thesis", max_length=8, choices=Closeness, default=Closeness.UNKNOWN, blank=True
    )
    publishing = models.CharField(
        "publication policy", max_length=8, choices=Publishing, default=Publishing.UNKNOWN, blank=True
    )
    ip = models.CharField("who owns the work", max_length=300, blank=True)
    could_become = ArrayField(models.CharField(max_length=12, choices=CouldBecome), default=list, blank=True)
    compute = models.CharField("compute and data", max_length=300, blank=True)
    pay = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    pay_per = models.CharField("per", max_length=5, choices=PayPer, default=PayPer.MONTH)
    starts_on = SensibleDateField("starts on", null=True, blank=True)
    ends_on = SensibleDateField("ends on", null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    visa = models.CharField(max_length=8, choices=Visa, default=Visa.UNKNOWN, blank=True)
    hours = models.CharField(max_length=4, choices=Hours, default=Hours.UNKNOWN, blank=True)
    advice = models.TextField("what your supervisor said", max_length=2_000, blank=True)
    speaks_for = models.TextField("for", max_length=2_000, blank=True)
    speaks_against = models.TextField("against", max_length=2_000, blank=True)
    # Row of the comparison -> "good", "fair" or "weak", in the student's own judgement; what is absent is not judged.
    marks = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[OfApplication["Offer"]] = OfApplication["Offer"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Days are in order; pay names its currency."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lt=F("ends_on")),
                name="offer_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=Q(pay__isnull=True) | (Q(pay__gte=0) & ~Q(currency="")),
                name="offer_pay_has_currency",
                violation_error_message="Enter the currency of the pay, like GBP.",
            ),
        ]

    def __str__(self) -> str:
        """Show the offer by its key, so that no query is needed."""
        return f"Offer {self.pk}"


class Placement(models.Model):
    """An accepted internship while it lasts, and afterwards."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="placement")
    mentor = models.CharField(max_length=200, blank=True)
    buddy = models.CharField(max_length=200, blank=True)
    goal = models.TextField(max_length=2_000, blank=True)
    starts_on = SensibleDateField("first day", null=True, blank=True)
    ends_on = SensibleDateField("last day", null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    looking_back = models.TextField("looking back", max_length=5_000, blank=True)
    # Company and days, to supervisors who see stages; how an application ended is nobody's business otherwise.
    is_shared = models.BooleanField("tell my supervisors where I go and when", default=False)
    # Company and year, to students of the same supervisors.
    tells_group = models.BooleanField("let my group know that I was there", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[OfApplication["Placement"]] = OfApplication["Placement"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Days are in order."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lt=F("ends_on")),
                name="placement_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        """Show the placement by its key, so that no query is needed."""
        return f"Placement {self.pk}"


class OfPlacement[M: models.Model](models.QuerySet[M]):
    """Rows that belong to a placement."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own placements."""
        return self.filter(placement__application__student=user)


class PlacementEntry(models.Model):
    """One meeting or event of a placement."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind, default=EntryKind.MENTOR)
    on = SensibleDateField("day")
    text = models.TextField("what happened", max_length=5_000)

    objects: ClassVar[OfPlacement["PlacementEntry"]] = OfPlacement["PlacementEntry"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by placement, latest first."""

        indexes: ClassVar = [models.Index(fields=["placement", "-on", "-id"], name="placement_log")]

    def __str__(self) -> str:
        """Show kind and day."""
        return f"{self.kind} on {self.on}"


class Made(models.Model):
    """What came of a placement: a paper, open source, a patent, a chapter of the thesis."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="made")
    kind = models.CharField("what", max_length=8, choices=MadeKind, default=MadeKind.PAPER)
    title = models.CharField(max_length=300)
    venue = models.CharField("where (venue, library, office)", max_length=200, blank=True)
    state = models.CharField("how far", max_length=10, choices=MadeState, default=MadeState.IDEA)
    on = SensibleDateField("since", null=True, blank=True)
    url = WebURLField("link", blank=True)

    objects: ClassVar[OfPlacement["Made"]] = OfPlacement["Made"].as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        """Show the title."""
        return self.title
