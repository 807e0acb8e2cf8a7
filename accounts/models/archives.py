"""Archives of all that is somebody's."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.people import User
from tracker.lib.ids import LENGTH, new_public_id


class ArchiveQuerySet(models.QuerySet["Archive"]):
    """Archives, by whose they are and how far they are."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(person=user)

    def unfinished(self) -> Self:
        """Keep those that are waiting for a worker, or in the hands of one."""
        return self.filter(ended_at=None)

    def of_way(self, way: str) -> Self:
        """Keep those that go out, or those that come in."""
        return self.filter(way=way)


class Archive(models.Model):
    """All data of one person in a zip: made for them to take along, or brought by them to be read in."""

    class Way(models.TextChoices):
        """Which way it goes."""

        OUT = "out", "Export"
        IN = "in", "Import"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="archives")
    way = models.CharField(max_length=3, choices=Way)
    asked_at = models.DateTimeField()
    # Taken by a worker at this moment; one that died over it is passed over after a while.
    began_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    # A name below MEDIA_ROOT; empty before it is made and after it is gone.
    stored_as = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # Name of the table -> rows, once it is done.
    counts = models.JSONField(default=dict)
    # Why it could not be done, as a sentence for the person.
    problem = models.CharField(max_length=400, blank=True)

    objects: ClassVar[ArchiveQuerySet] = ArchiveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One at a time, either way."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None),
                name="archive_one_at_a_time",
                violation_error_message="An export or import of yours is being made already.",
            ),
            models.CheckConstraint(condition=Q(way__in=["out", "in"]), name="archive_way_known"),
        ]
        indexes: ClassVar = [
            # the worker's look for what waits, and the planner's for what is ready
            models.Index(fields=["asked_at"], condition=Q(ended_at=None), name="archive_waiting"),
            models.Index(fields=["person", "-asked_at"], name="archive_of_person"),
        ]

    def __str__(self) -> str:
        """Show the key: what is in it is private."""
        return f"Archive {self.pk}"

    @property
    def is_ready(self) -> bool:
        """Whether there is a file to take along."""
        return self.way == self.Way.OUT and self.ended_at is not None and bool(self.stored_as)

    @property
    def kept_until(self) -> dt.datetime | None:
        """When its file is deleted."""
        return self.ended_at + settings.WAYMARK_ARCHIVE_KEPT if self.ended_at and self.stored_as else None
