"""Companies that were two rows and are one: what moved, so that it can be taken apart again."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from companies.models.companies import Company
from tracker.lib.ids import LENGTH, new_public_id


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges, by whether they stand."""

    def standing(self) -> Self:
        """Keep those that nobody took back."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """One company taken into another; `moved` is "app.Model.field" -> keys, `before` what the keeper and rows had."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    keeper = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    taken = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar[MergeQuerySet] = MergeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """The newest come first in the log."""

        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="merge_log")]

    def __str__(self) -> str:
        """Show the keys of both."""
        return f"{self.taken_id} into {self.keeper_id}"


class PartMerge(models.Model):
    """One team, programme or posting taken into another of its company.

    `taken` is what was deleted, as Django serialises it; `moved` "app.Model.field" -> keys; `before` what the keeper
    had and was given; `address` the slug or public id that now leads to the keeper.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    subject = models.CharField(max_length=10)
    keeper_key = models.BigIntegerField()
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    taken = models.JSONField(default=list)
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """The newest come first in the log; an old address is looked up."""

        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="part_merge_log"),
            models.Index(fields=["subject", "address"], name="part_merge_address"),
        ]

    def __str__(self) -> str:
        """Show what was taken."""
        return self.title
