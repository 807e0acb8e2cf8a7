"""How to take back one change: the rows that it changed, as they were before and after."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from applications.models.base import OfStudent
from tracker.lib.ids import LENGTH, new_public_id


class UndoQuerySet(OfStudent["Undo"]):
    """Changes that can be taken back, by owner and age."""

    def within(self, at: dt.datetime) -> Self:
        """Keep those that are neither taken back nor too old."""
        return self.filter(undone_at__isnull=True, made_at__gte=at - settings.WAYMARK_UNDO).order_by("-made_at", "-pk")


class Undo(models.Model):
    """One change of a student's own rows. The texts in it are private, and go when it is too late to undo."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=200)
    # Keys of the applications it was about: deleted ones too.
    applications = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # What of an app above it was about, as a line of Today names it.
    thing = models.CharField(max_length=60, blank=True)
    # Table -> [[row before or null, row after or null], ...] as in taking_back.py.
    changes = models.JSONField()
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UndoQuerySet] = UndoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by student, latest first."""

        indexes: ClassVar = [models.Index(fields=["student", "-made_at"], name="undo_of_student")]

    def __str__(self) -> str:
        """Show what was done by its key: the text is private."""
        return f"Undo {self.pk}"
