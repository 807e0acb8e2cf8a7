"""Forgets imports: a week after they ended, a month after they were left lying."""

import datetime as dt

from django.conf import settings
from django.db.models import Q

from imports.models import Import

_OPEN = (Import.State.MATCHING, Import.State.REVIEW)


def forget_old(*, at: dt.datetime) -> int:
    """Delete what nobody can take back or go on with any more, of everybody; return how many."""
    ended = Q(state__in=[Import.State.DONE, Import.State.UNDONE], ended_at__lt=at - settings.WAYMARK_SHEET_UNDO)
    left = Q(state__in=_OPEN, made_at__lt=at - settings.WAYMARK_SHEET_LEFT)
    old = list(Import.objects.filter(ended | left).values_list("pk", flat=True))
    Import.objects.filter(pk__in=old).delete()
    return len(old)
