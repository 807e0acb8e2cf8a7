"""How many mails may go to the server now: a token bucket and a breaker in one row, shared by all workers.

The bucket keeps the rate, MAIL_RATE_PER_SECOND, whoever sends. The breaker opens when the server cannot be used, for
longer each time in a row; then one mail is tried, and if the server takes it, all go on.
"""

import datetime as dt

from django.conf import settings
from django.db.models import Q

from reminders.models import MailServer

_BUCKET = 0.5


class Gate:
    """What one claim may take; made, asked and paid within its transaction."""

    def __init__(self, *, at: dt.datetime) -> None:
        """Look at the row, and lock it if what is taken must be written down."""
        self.at = at
        self.rate: float = settings.MAIL_RATE_PER_SECOND
        self.server = MailServer.objects.first() or MailServer()
        if self.rate or self.server.rests_until:
            MailServer.objects.bulk_create([MailServer()], ignore_conflicts=True)
            self.server = MailServer.objects.select_for_update().get()

    @property
    def is_shut(self) -> bool:
        """Whether the server is left alone for now."""
        return self.server.rests_until is not None and self.server.rests_until > self.at

    @property
    def is_probe(self) -> bool:
        """Whether the next mail shows if the server is well again."""
        return self.server.rests_until is not None and not self.is_shut

    @property
    def most(self) -> int:
        """How many mails may be taken."""
        most = 1 if self.is_probe else settings.WAYMARK_BATCH
        return min(most, int(self._tokens())) if self.rate else most

    @property
    def seconds(self) -> float:
        """How long until one more mail may go."""
        return (1 - self._tokens()) / self.rate

    def pay(self, mails: int) -> None:
        """Take so many mails; while one is a probe nobody else tries, unless its sender is gone."""
        if self.is_probe and mails:
            self.server.rests_until = self.at + settings.WAYMARK_LEASE
        elif not self.rate:
            return
        if self.rate:
            self.server.tokens = max(0.0, self._tokens() - mails)
            self.server.filled_at = max(self.at, self.server.filled_at or self.at)
        self.server.save()

    def _tokens(self) -> float:
        """Return what is in the bucket now; it holds what half a second brings, and at least one mail.

        What is paid for leaves a moment later: a fuller bucket would let more than the rate go in the second after it.
        """
        most = max(1.0, self.rate * _BUCKET)
        if self.server.filled_at is None:
            return most
        gone = max(0.0, (self.at - self.server.filled_at).total_seconds())
        return min(most, self.server.tokens + gone * self.rate)


def shut(*, at: dt.datetime, was_probe: bool) -> None:
    """Leave the server alone: 1, 2, 5, 15, 60 minutes; several workers that meet one trouble count it once."""
    MailServer.objects.bulk_create([MailServer()], ignore_conflicts=True)
    known = Q() if was_probe else Q(rests_until=None) | Q(rests_until__lte=at)
    for server in MailServer.objects.select_for_update().filter(known):
        waits = settings.WAYMARK_RETRY_AFTER_MINUTES
        server.rests_until = at + dt.timedelta(minutes=waits[min(server.troubles, len(waits) - 1)])
        server.troubles = min(server.troubles + 1, len(waits))
        server.save()


def reopen() -> None:
    """Let all go on: the server took a mail, or answered about one."""
    MailServer.objects.update(troubles=0, rests_until=None)
