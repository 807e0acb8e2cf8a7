"""What Celery may ask for: a tick, or a hand in sending. Both only wake; the database knows what is due."""

from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from reminders import letters
from reminders.queries import database_now, mails_due


@shared_task(name="reminders.tick", ignore_result=True)
def tick() -> None:
    """Plan, tell, send."""
    letters.tick(clock=database_now, before_sending=_call_for_help)


@shared_task(name="reminders.deliver", ignore_result=True)
def deliver() -> None:
    """Send what is due."""
    letters.deliver(clock=database_now)


def _call_for_help() -> None:
    """Let a second process send too when there is more than one batch; without a broker this one sends alone."""
    if mails_due(at=database_now(), more_than=settings.WAYMARK_BATCH):
        try:
            deliver.apply_async(expires=settings.WAYMARK_TICK_SECONDS, retry=False)
        except OperationalError:
            return
