"""Wakes the sender of invitations."""

from contextlib import suppress

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

TASK = "supervision.send_invitations"


def wake_sender() -> None:
    """Ask a worker to look now; when the broker is away, the next tick finds the rows."""
    with suppress(OperationalError, OSError):
        current_app.send_task(TASK, expires=settings.WAYMARK_TICK_SECONDS)
