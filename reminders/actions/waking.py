"""Nudges a worker after a change, so that nobody waits for the next minute; never in the way of the change itself."""

import time
from threading import Lock

from django.conf import settings

from tracker.lib.nudging import nudge


class _Nudges:
    """When this process may nudge again: the last nudge covers what follows within its delay."""

    def __init__(self) -> None:
        """Nothing is under way."""
        self._lock = Lock()
        self._next = 0.0

    def take(self) -> bool:
        """Say whether a nudge is needed, and count it."""
        with self._lock:
            moment = time.monotonic()
            if moment < self._next:
                return False
            self._next = moment + settings.WAYMARK_WAKE_SECONDS
            return True

    def rest(self) -> None:
        """Leave a broker that is away alone for a while: the tick finds every row without it."""
        with self._lock:
            self._next = time.monotonic() + settings.WAYMARK_WAKE_REST_SECONDS


_nudges = _Nudges()


def wake() -> None:
    """Ask for a tick in a moment; without a broker nothing happens, soon, and the change is kept all the same.

    The nudge is delayed as long as further ones are held back, so the tick it starts sees all that happened meanwhile.
    """
    if _nudges.take() and not nudge("reminders.tick", countdown=settings.WAYMARK_WAKE_SECONDS):
        _nudges.rest()


def call_sender() -> None:
    """Ask another process to send too; without a broker whoever asks sends alone."""
    nudge("reminders.deliver")
