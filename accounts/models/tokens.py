"""Tokens that programs of a person bring along, and answers kept for a program that asks twice: the API's."""

import datetime as dt
import hashlib
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models.people import User
from tracker.lib.ids import LENGTH, new_public_id


class Scope(models.TextChoices):
    """What a token opens."""

    READ = "read", "See my applications, rounds, offers and the window"
    WRITE = "write", "Add and change them"
    PEOPLE = "people", "My people: see them, and change them together with the one above"
    DATA = "data", "Take all my data along, or bring it in"
    WEBHOOKS = "webhooks", "My webhooks: see, make and delete them; they go on when the token ends"


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens, by whose they are and whether they open anything."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(person=user)

    def opened_by(self, secret: str, at: dt.datetime) -> Self:
        """Keep the one of this secret, while it lasts and its person may sign in."""
        return self.filter(token_hash=hash_of(secret), expires_at__gt=at, person__is_active=True)


class Token(models.Model):
    """One program's way in. Only the hash of the secret is kept; deleted, it opens nothing from that moment on."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("what it is for", max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope))
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # The last day of use; no more is kept of what a program did when.
    used_on = models.DateField(null=True)

    objects: ClassVar[TokenQuerySet] = TokenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by person, the newest first."""

        indexes: ClassVar = [models.Index(fields=["person", "-made_at"], name="token_of_person")]

    def __str__(self) -> str:
        """Show the key: what somebody uses is private."""
        return f"Token {self.pk}"


class Reply(models.Model):
    """What a request with an Idempotency-Key was answered, so that its repetition changes nothing again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    # SHA-256 of method, path and body: a key is for one request.
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        """One per key; found by age when they go."""

        verbose_name_plural = "replies"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="reply_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="reply_by_age")]

    def __str__(self) -> str:
        """Show the key of the row: the body is private."""
        return f"Reply {self.pk}"


def hash_of(secret: str) -> str:
    """Return what is kept of a secret; it is long and random, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
