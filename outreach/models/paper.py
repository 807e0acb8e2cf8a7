"""Papers of other people, each in one student's own list."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import User
from outreach.reading.work import LONGEST_NAME, LONGEST_TITLE, LONGEST_URL, LONGEST_VENUE
from tracker.lib.ids import LENGTH, new_public_id


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, by whose list they are in."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own."""
        return self.filter(student=user)


class Paper(models.Model):
    """What somebody was found by: its facts as they were read."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=LONGEST_TITLE)
    authors = ArrayField(models.CharField(max_length=2 * LONGEST_NAME), default=list)
    venue = models.CharField(max_length=LONGEST_VENUE, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    doi = models.CharField(max_length=220, blank=True)
    arxiv = models.CharField(max_length=40, blank=True)
    url = models.URLField(max_length=LONGEST_URL, blank=True)
    # What two readings of the same paper share: its DOI, its arXiv id, or its title in bare letters.
    key = models.CharField(max_length=LONGEST_TITLE, editable=False)

    objects: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Each paper once a student."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["student", "key"], name="paper_once_per_student"),
            models.CheckConstraint(condition=models.Q(title__gt=""), name="paper_has_a_title"),
        ]

    def __str__(self) -> str:
        """Show the key of the row: a title is private here."""
        return f"Paper {self.pk}"

    @property
    def source(self) -> str:
        """Where it appeared: "NeurIPS 2017"."""
        return " ".join(str(part) for part in (self.venue, self.year) if part)

    @property
    def address(self) -> str:
        """Where it can be read, by what is known of it."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else self.url
