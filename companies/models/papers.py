"""Public papers by people of a company: what one can read before one writes to them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from companies.models.base import Sourced
from companies.models.companies import Company, Team
from tracker.lib.fields import WebURLField

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Paper(Sourced):
    """One paper, and the team whose people wrote it, where that is known.

    Its link is no key of the database: two companies write papers together, and then become one.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="papers")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers")
    title = models.CharField(max_length=300)
    authors = ArrayField(models.CharField(max_length=120), help_text="In the paper's order.")
    venue = models.CharField(max_length=160, blank=True)
    year = models.PositiveSmallIntegerField()
    url = WebURLField("link")

    class Meta:
        """A year is one in which papers were written."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="paper_year",
                violation_error_message="Enter the year with four digits.",
            ),
        ]

    def __str__(self) -> str:
        """Show the title."""
        return self.title
