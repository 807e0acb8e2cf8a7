"""What companies, programmes and postings share: kinds, hours, and how we know a fact."""

from django.conf import settings
from django.db import models

from tracker.lib.fields import SensibleDateField, WebURLField


class Kind(models.TextChoices):
    """What is offered; an enrichment scheme is no internship and has its own deadline, mostly in February."""

    INTERNSHIP = "internship", "Internship"
    SCHEME = "scheme", "Enrichment scheme"
    VISIT = "visit", "Research visit"
    FELLOWSHIP = "fellowship", "Fellowship"


class Hours(models.TextChoices):
    """How much of a week it takes."""

    UNKNOWN = "", "Not stated"
    FULL = "full", "Full time"
    PART = "part", "Part time"


class Sourced(models.Model):
    """Where a fact comes from, and the day a curator last looked: without a day, it was never checked."""

    source_url = WebURLField("source", blank=True)
    source_note = models.CharField(max_length=500, blank=True)
    checked_on = SensibleDateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Columns of each fact's own table."""

        abstract = True
