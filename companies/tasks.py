"""What Celery runs for the shared list."""

from celery import shared_task

from companies.actions.cycles import expect_next
from companies.actions.feeding import run_due
from companies.actions.links import ask_for_links
from tracker.lib import clock


@shared_task(name="companies.import", ignore_result=True, soft_time_limit=840, time_limit=900)
def read_feeds() -> None:
    """Read the feeds that are due; a second run at the same time takes others, or none."""
    run_due(at=clock.now(), clock=clock.now)


@shared_task(name="companies.links", ignore_result=True, soft_time_limit=840, time_limit=900)
def ask_links() -> None:
    """Ask whether postings are still at their links; a second run at the same time asks for others."""
    ask_for_links(at=clock.now(), clock=clock.now)


@shared_task(name="companies.expect", ignore_result=True)
def expect() -> None:
    """Roll expected windows forward; a second run changes nothing."""
    expect_next(at=clock.now())
