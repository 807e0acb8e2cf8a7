"""What Celery runs for imports."""

from celery import shared_task

from imports.actions.running import run_due
from imports.actions.tidying import forget_old
from tracker.lib import clock


@shared_task(name="imports.import", ignore_result=True, soft_time_limit=240, time_limit=300)
def run() -> None:
    """Add what is planned, take back what is to go; a second run at the same time takes others, or none."""
    run_due(at=clock.now(), clock=clock.now)


@shared_task(name="imports.tidy", ignore_result=True)
def tidy() -> None:
    """Forget old imports; a second run finds nothing."""
    forget_old(at=clock.now())
