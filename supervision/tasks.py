"""What Celery runs for supervision."""

from celery import shared_task

from supervision.actions.counting import publish
from tracker.lib import clock


@shared_task(name="supervision.publish", ignore_result=True)
def publish_figures() -> None:
    """Make the figures about companies anew; a second run in the same week changes nothing."""
    publish(on=clock.now().date())
