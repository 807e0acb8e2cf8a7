"""Who may do what about sharing."""

import datetime as dt

from django.conf import settings

from accounts.models import User
from applications.models import Application
from supervision.models import Supervision


def may_share(user: User) -> bool:
    """Students decide what they share; whoever still shares can end it, also after the role."""
    return user.is_student or Supervision.objects.live().filter(student=user).exists()


def may_supervise(user: User) -> bool:
    """Whoever accepted an invitation has the pages of a supervisor."""
    return user.is_supervisor


def may_invite(student: User, *, at: dt.datetime) -> bool:
    """Let a student write to a few people a day, so that nobody can be flooded through us."""
    since = at - dt.timedelta(days=1)
    return (
        Supervision.objects.filter(student=student, invited_at__gt=since).count() < settings.WAYMARK_INVITATIONS_PER_DAY
    )


def supervises_only(user: User) -> bool:
    """Somebody without a PhD start and without applications came to supervise, not to search."""
    return user.phd_started_on is None and not Application.objects.visible_to(user).exists()
