"""Feeds: where postings come from again and again, and how the last reading went."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from companies.formats import FORMATS
from companies.models.companies import Company
from tracker.lib.fields import WebURLField
from tracker.lib.ids import LENGTH, new_public_id


def format_choices() -> list[tuple[str, str]]:
    """Return the formats by name, as people call them."""
    return [(name, one.label) for name, one in FORMATS.items()]


class Feed(models.Model):
    """One source of postings. Who made it, a curator, so said that the board is this company's."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    name = models.CharField(
        max_length=120, unique=True, error_messages={"unique": "There is a feed of that name already."}
    )
    format = models.CharField(max_length=20, choices=format_choices)
    url = WebURLField("address", blank=True, help_text="Leave it empty for a feed that is uploaded.")
    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.CASCADE, related_name="feeds")
    research_only = models.BooleanField("only research and PhD roles", default=True)
    is_on = models.BooleanField("read it by itself", default=False)
    every_hours = models.PositiveSmallIntegerField("every so many hours", default=24)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    # What the source said of its last answer, so that it need not be sent again.
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    # A file that waits to be read, in the folder of the media.
    upload = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ran_at = models.DateTimeField(null=True, blank=True)
    ok_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    # The first rows that could not be taken: [[row, sentence], ...].
    wrong_rows = models.JSONField(default=list, blank=True)

    class Meta:
        """One that is read by itself has an address; those due are few."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_on=False) | ~Q(url=""),
                name="feed_on_has_address",
                violation_error_message="Enter the address, or leave it to uploads.",
            ),
            models.CheckConstraint(
                condition=Q(every_hours__range=(1, 720)),
                name="feed_every_hours",
                violation_error_message="Enter from 1 to 720 hours.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="feed_due")]

    def __str__(self) -> str:
        """Show the name."""
        return self.name
