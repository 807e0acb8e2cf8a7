"""Programmes, the seasons they are offered in, and the window of each."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from companies.models.base import Hours, Kind, Sourced
from companies.models.companies import Company
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.fields import SensibleDateField, WebURLField, validate_zone


class Programme(Sourced):
    """What a company offers again and again: a summer internship, an enrichment scheme."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="programmes")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INTERNSHIP)
    hours = models.CharField(max_length=4, choices=Hours, default=Hours.UNKNOWN, blank=True)
    min_weeks = models.PositiveSmallIntegerField("shortest, in weeks", null=True, blank=True)
    max_weeks = models.PositiveSmallIntegerField("longest, in weeks", null=True, blank=True)
    places = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    url = WebURLField("page", blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        """A slug is unique within its company; lengths are in order."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "slug"], name="programme_slug"),
            models.CheckConstraint(
                condition=Q(min_weeks__isnull=True) | Q(max_weeks__isnull=True) | Q(min_weeks__lte=F("max_weeks")),
                name="programme_weeks_in_order",
                violation_error_message="The shortest length is longer than the longest.",
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Season(models.Model):
    """A summer and the window in which one applies for it: "Summer 2027", 1 October 2026 to 31 January 2027."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    opens_on = SensibleDateField()
    closes_on = SensibleDateField()
    starts_on = SensibleDateField("usual start", help_text="The first day of the season itself, e.g. 1 June.")

    class Meta:
        """The window opens before it closes."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_on__lt=F("closes_on")),
                name="season_days_in_order",
                violation_error_message="The window closes before it opens.",
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Cycle(Sourced):
    """A programme in one season, with its own window; "expected" days are rolled forward, not promised."""

    class State(models.TextChoices):
        """How sure the days are."""

        EXPECTED = "expected", "Expected"
        CONFIRMED = "confirmed", "Confirmed"
        CLOSED = "closed", "Closed"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="cycles")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="cycles")
    state = models.CharField(max_length=10, choices=State, default=State.EXPECTED)
    opens_on = SensibleDateField(null=True, blank=True)
    closes_on = SensibleDateField(null=True, blank=True)
    zone = models.CharField(max_length=64, default=ANYWHERE_ON_EARTH, validators=[validate_zone])

    class Meta:
        """One cycle per programme and season, with its days in order."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "season"], name="cycle_once"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(opens_on__lte=F("closes_on")),
                name="cycle_days_in_order",
                violation_error_message="The window closes before it opens.",
            ),
        ]

    def __str__(self) -> str:
        """Show programme and season by their keys, so that no query is needed."""
        return f"Cycle {self.pk}"


class CycleMove(models.Model):
    """What a cycle said before its days or its state became other ones: followers are told, and curators can look."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state_before = models.CharField(max_length=10, choices=Cycle.State)
    opens_on_before = models.DateField(null=True)
    closes_on_before = models.DateField(null=True)
    zone_before = models.CharField(max_length=64)

    class Meta:
        """The newest are asked for by day."""

        indexes: ClassVar = [models.Index(fields=["at"], name="cycle_moved_at")]

    def __str__(self) -> str:
        """Show the key."""
        return f"Move {self.pk} of cycle {self.cycle_id}"


class FollowingQuerySet(models.QuerySet["Following"]):
    """Who follows what: private to each."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(person=user)


class Following(models.Model):
    """A person wants to be told when a programme is expected to open, opens, or moves."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings", db_index=False
    )
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="followings")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[FollowingQuerySet] = FollowingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Once per person and programme."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "programme"], name="following_once")]

    def __str__(self) -> str:
        """Show it by its key, so that no query is needed."""
        return f"Following {self.pk}"
