"""What Celery runs for webhooks: a few seconds of sending what is due. It only wakes; the database knows what waits."""

from celery import shared_task
from django.conf import settings

from tracker.lib import clock
from webhooks.actions.delivering import run_due


@shared_task(name="webhooks.send", ignore_result=True)
def send() -> None:
    """Send what is due; a second run at the same time takes other addresses, or none."""
    if settings.WEBHOOKS:
        run_due(clock=clock.now)
