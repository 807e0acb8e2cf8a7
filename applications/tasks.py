"""What Celery runs for applications: the order by research, and away with what nobody can reach any more."""

from celery import shared_task

from applications.actions.closeness import rank_waiting
from applications.actions.keeping import sweep
from applications.actions.undoing import forget_undone
from tracker.lib import clock


@shared_task(name="applications.rank", ignore_result=True)
def rank() -> None:
    """Order the shared list for whose research, or for whom the list, changed; a second run finds nothing."""
    rank_waiting(at=clock.now())


@shared_task(name="applications.tidy", ignore_result=True)
def tidy() -> None:
    """Forget what can no longer be undone, then remove files that no row knows; a second run finds nothing."""
    at = clock.now()
    forget_undone(at=at)
    sweep(at=at)
