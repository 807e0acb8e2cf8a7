"""Forgets what was told long ago: nobody looks it up, and the planner looks back three days."""

import datetime as dt

from django.conf import settings

from reminders.models import Delivery, Notice


def forget_told(*, at: dt.datetime) -> int:
    """Delete reminders and lines behind the bell of more than a year ago; return how many."""
    before = at - settings.WAYMARK_TOLD_KEPT
    gone = Notice.objects.filter(created_at__lt=before).delete()[0]
    over = Delivery.objects.filter(due_at__lt=before).exclude(state__in=Delivery.OPEN)
    return gone + over.delete()[0]
