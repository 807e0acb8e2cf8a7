"""What people ask for: an archive of all that is theirs, or that one of theirs is read in."""

import datetime as dt
import uuid

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from accounts.models import Archive, User
from owndata.actions.reading import NOT_EMPTY, is_empty
from tracker.lib.errors import DomainError

FOLDER = "archives"


def ask_for_export(*, person: User, at: dt.datetime) -> Archive:
    """Let a worker make an archive; while one is being made, a second click finds that one."""
    return Archive.objects.visible_to(person).unfinished().of_way(Archive.Way.OUT).first() or _begin(
        person, Archive.Way.OUT, at
    )


def bring_archive(*, person: User, file: "File[bytes]", at: dt.datetime) -> Archive:
    """Keep an archive for a worker to read in. What is wrong with it is told when it is read."""
    if not is_empty(person):
        raise DomainError(NOT_EMPTY, field="file")
    stored_as = storages["default"].save(f"{FOLDER}/{uuid.uuid4().hex}", file)
    try:
        return _begin(person, Archive.Way.IN, at, stored_as=stored_as, size=file.size)
    except BaseException:
        storages["default"].delete(stored_as)
        raise


def _begin(person: User, way: str, at: dt.datetime, **facts: object) -> Archive:
    of_today = Archive.objects.visible_to(person).filter(asked_at__gt=at - dt.timedelta(days=1))
    if of_today.count() >= settings.WAYMARK_ARCHIVES_PER_DAY:
        raise DomainError(f"You asked for {settings.WAYMARK_ARCHIVES_PER_DAY} within a day. Ask again tomorrow.")
    try:
        with transaction.atomic():
            return Archive.objects.create(person=person, way=way, asked_at=at, **facts)
    except IntegrityError:
        raise DomainError("An export or import of yours is being made. Wait until that has ended.") from None
