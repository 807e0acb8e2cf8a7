"""What the outbox keeps about itself: its pulse, the way to the mail server, how far its journal was read."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Heartbeat(models.Model):
    """When the last pass of planning was done: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    ticked_at = models.DateTimeField()

    class Meta:
        """One row, not two."""

        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="heartbeat_one_row")]

    def __str__(self) -> str:
        """Show the instant."""
        return self.ticked_at.isoformat()


class MailServer(models.Model):
    """How fast mails may go out, and whether the server may be tried at all: one row, shared by all workers.

    `tokens` is a token bucket: one mail takes one, and MAIL_RATE_PER_SECOND are added each second. While `rests_until`
    is ahead nobody connects (a breaker): it grows with each failure in a row, `troubles`.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    tokens = models.FloatField(default=0)
    filled_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    troubles = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """One row, not two."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="mail_server_one_row"),
            models.CheckConstraint(condition=Q(tokens__gte=0), name="mail_server_no_debt"),
        ]

    def __str__(self) -> str:
        """Show since when it rests."""
        return f"{self.troubles} troubles"


class JournalRead(models.Model):
    """How far one file of the journal is known to this database; after a restore it lags behind, and is read on."""

    name = models.CharField(max_length=120, primary_key=True)
    offset = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Show the file's name."""
        return self.name
