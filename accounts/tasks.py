"""What Celery runs for accounts: once an hour, away with what has served its purpose."""

from celery import shared_task

from accounts.actions import forget_sign_ins
from tracker.lib import clock


@shared_task(name="accounts.tidy", ignore_result=True)
def tidy() -> None:
    """Forget old sign-ins; a second run finds none."""
    forget_sign_ins(at=clock.now())
