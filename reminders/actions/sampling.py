"""Asks a worker for a sample letter: no mail leaves within a request."""

from django.conf import settings
from django.core.cache import cache

from accounts.models import User
from tracker.lib.nudging import nudge


def ask_for_sample(*, by: User) -> bool:
    """Have one sent; a second one within some minutes is the first. False when nobody can be asked."""
    key, again = f"sample-{by.pk}", settings.WAYMARK_SAMPLE_AGAIN
    if not cache.add(key, 1, again.total_seconds()):
        return True
    if nudge("reminders.sample", by.pk):
        return True
    cache.delete(key)
    return False
