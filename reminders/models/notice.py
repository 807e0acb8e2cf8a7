"""A line behind the bell."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from applications.models import InterviewRound
from reminders.models.delivery import Kind


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, by owner and state."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(person=user)

    def unread(self) -> Self:
        """Keep those that the bell counts."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """A line in the app's list of notifications; one per occurrence."""

    key = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    round = models.ForeignKey(InterviewRound, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=200)
    # The same as a locked phone may show it: without names of companies, unless the person allowed them. Empty for
    # whoever has no device that shows it.
    subject = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One per occurrence; found by person, newest first."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_list"),  # the list
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),  # the bell
        ]

    def __str__(self) -> str:
        """Show the text."""
        return self.text
