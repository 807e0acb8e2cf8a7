"""The address under which a calendar program reads one person's dates."""

import hashlib
from typing import ClassVar, Self

from django.conf import settings
from django.db import models


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Feeds, by the secret in their address."""

    def open_to(self, token: str) -> Self:
        """Keep the one of this secret, while its person is a student who may sign in."""
        return self.filter(token_hash=hash_token(token), person__is_active=True, person__is_student=True)


class CalendarFeed(models.Model):
    """One person's secret address, of which only the hash is kept; a new secret takes the place of the old one."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(editable=False)

    objects: ClassVar[CalendarFeedQuerySet] = CalendarFeedQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        """Show the person's key; the secret is known to nobody here."""
        return f"Calendar feed of {self.pk}"


def hash_token(token: str) -> str:
    """Return what is kept of a secret; it is long and random, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
