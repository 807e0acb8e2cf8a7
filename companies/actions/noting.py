"""The log of curators: Django's own, so that changes in the tables of /manage/ and on our pages stand in one."""

import datetime as dt

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models import User


def note(fact: models.Model, sentence: str, *, by: User, at: dt.datetime) -> None:
    """Write down who did what to which row."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(fact),
        object_id=str(fact.pk),
        object_repr=str(fact)[:200],
        action_flag=CHANGE,
        change_message=sentence,
        action_time=at,
    )
