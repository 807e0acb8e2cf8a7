"""What Celery may ask for: a tick, or a hand in sending. Both only wake; the database knows what is due."""

from celery import shared_task
from django.conf import settings

from accounts.models import User
from reminders import actions, letters
from reminders.queries import database_now, mails_due


@shared_task(name="reminders.tick", ignore_result=True)
def tick() -> None:
    """Plan, tell, send."""
    letters.tick(clock=database_now, before_sending=_call_for_help)


@shared_task(name="reminders.deliver", ignore_result=True)
def deliver() -> None:
    """Send what is due."""
    letters.deliver(clock=database_now)


@shared_task(name="reminders.sample", ignore_result=True)
def sample(person: int) -> None:
    """Send somebody the sample they asked for."""
    found = User.objects.filter(pk=person, is_active=True, is_student=True).first()
    if found:
        letters.send_sample(found, at=database_now())


def _call_for_help() -> None:
    """Let a second process send too when there is more than one batch."""
    if mails_due(at=database_now(), more_than=settings.WAYMARK_BATCH):
        actions.call_sender()
