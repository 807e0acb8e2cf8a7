"""What Celery workers do for supervision."""

from celery import shared_task

from supervision import mailing, waking
from tracker.lib import clock


@shared_task(name=waking.TASK)
def send_invitations() -> None:
    """Send the invitations that are due."""
    mailing.send_invitations(at=clock.now())
