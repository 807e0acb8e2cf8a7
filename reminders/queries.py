"""Figures about the outbox."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """When the last tick ran and since when the oldest due row waits; None where there is none."""

    ticked_at: dt.datetime | None
    oldest_due_at: dt.datetime | None


def outbox_health(*, at: dt.datetime) -> OutboxHealth:
    """Return nothing yet."""
    return OutboxHealth(None, None)
