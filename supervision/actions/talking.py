"""What is said about an application between the student and one supervisor."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from accounts.models import User
from applications.models import Application
from supervision.models import Comment, Supervision
from supervision.queries.road import shared
from tracker.lib.errors import DomainError, StaleError


@transaction.atomic
def say(*, supervision: Supervision, application: Application, text: str, by: User, at: dt.datetime) -> Comment:
    """Say something; the same again within seconds, as a double click sends it, is said once.

    StaleError when the sharing ended, or no longer opens this application.
    """
    held = (
        Supervision.objects.visible_to(by).accepted().select_for_update(of=("self",)).filter(pk=supervision.pk).first()
    )
    if held is None or not shared(held).filter(pk=application.pk).exists():
        raise StaleError("This is not shared any more.")
    said = Comment.objects.filter(supervision=held, application=application)
    again = said.filter(by=by, text=text, at__gt=at - settings.WAYMARK_SAME_CLICK).first()
    if again is None and said.count() >= settings.WAYMARK_COMMENTS_SHOWN:
        raise DomainError(f"There are {settings.WAYMARK_COMMENTS_SHOWN} comments here. Go on by mail.", field="text")
    return again or Comment.objects.create(supervision=held, application=application, by=by, text=text, at=at)


def delete_comment(*, comment: Comment, by: User) -> bool:
    """Take back what one said oneself; return whether it was there."""
    return bool(Comment.objects.visible_to(by).filter(pk=comment.pk, by=by).delete()[0])
