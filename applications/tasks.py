"""What Celery runs for applications: once an hour, away with what nobody can reach any more."""

from celery import shared_task

from applications.actions.keeping import sweep
from applications.actions.undoing import forget_undone
from tracker.lib import clock


@shared_task(name="applications.tidy", ignore_result=True)
def tidy() -> None:
    """Forget what can no longer be undone, then remove files that no row knows; a second run finds nothing."""
    at = clock.now()
    forget_undone(at=at)
    sweep(at=at)
