"""How one student has arranged their own pages: switches, columns, views, and what they put off or ticked on Today."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from applications.models.base import OfStudent
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id


class Desk(models.Model):
    """Choices of one student; without a row everything is as shipped."""

    student = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk")
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    thesis = models.CharField("your thesis in one line", max_length=300, blank=True)
    # What they work on, for the order of the list: pasted abstracts, and papers in BibTeX.
    abstracts = models.TextField(blank=True)
    papers = models.TextField(blank=True)
    research_changed_at = models.DateTimeField(null=True, blank=True)
    ranked_at = models.DateTimeField(null=True, blank=True)
    # Names of today_rules.Rule that are switched off.
    rules_off = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Names of the table's columns in use; empty: those shown at first.
    columns = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # What matters in an offer: row of the comparison -> "some" or "a_lot"; what is absent does not matter.
    weights = models.JSONField(default=dict, blank=True)
    advice_off = models.BooleanField(default=False)
    welcomed_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[OfStudent["Desk"]] = OfStudent["Desk"].as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        """Show the person by their key, so that no query is needed."""
        return f"Desk {self.pk}"


class SavedView(models.Model):
    """A filter of board and table under a name of one's own."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OfStudent["SavedView"]] = OfStudent["SavedView"].as_manager()  # type: ignore[assignment]

    class Meta:
        """A name is used once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["student", "name"],
                name="saved_view_once",
                violation_error_message="You have a view of this name. Choose another one.",
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class TodayMark(models.Model):
    """What a student did with one line of Today: ticked it, let it go, or put it off until a day.

    `key` names the occurrence (rule, thing, day), so that a moved date brings the line back.
    """

    class State(models.TextChoices):
        """What was done with it."""

        DONE = "done", "Done"
        SNOOZED = "snoozed", "Put off"
        DISMISSED = "dismissed", "Let go"

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    state = models.CharField(max_length=9, choices=State)
    until = SensibleDateField(null=True, blank=True)
    on = SensibleDateField()

    objects: ClassVar[OfStudent["TodayMark"]] = OfStudent["TodayMark"].as_manager()  # type: ignore[assignment]

    class Meta:
        """One mark per line; only what is put off has a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["student", "key"], name="today_mark_once"),
            models.CheckConstraint(
                condition=models.Q(state="snoozed", until__isnull=False)
                | (~models.Q(state="snoozed") & models.Q(until__isnull=True)),
                name="today_mark_until_fits",
            ),
        ]

    def __str__(self) -> str:
        """Show state and key."""
        return f"{self.state} {self.key}"
