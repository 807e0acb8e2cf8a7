"""What Celery runs for people's own data: archives within a minute, and once an hour what has to end."""

from celery import shared_task

from owndata.actions.retaining import retain
from owndata.actions.running import run_due
from tracker.lib import clock


@shared_task(name="owndata.import", ignore_result=True, soft_time_limit=840, time_limit=900)
def carry() -> None:
    """Make and read archives that wait; a second run at the same time takes others, or none."""
    run_due(at=clock.now(), clock=clock.now)


@shared_task(name="owndata.tidy", ignore_result=True, soft_time_limit=840, time_limit=900)
def tidy() -> None:
    """Let go what was kept long enough; a second run finds nothing."""
    retain(at=clock.now())
