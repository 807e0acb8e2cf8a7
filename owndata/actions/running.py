"""Makes and reads archives one after the other, tells how far it is, and takes away what has served its purpose."""

import contextlib
import datetime as dt
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q

from accounts.models import Archive
from owndata.actions.asking import FOLDER
from owndata.actions.reading import Tell, read_archive
from owndata.actions.writing import write_archive
from owndata.archive import BadArchiveError
from tracker.lib.errors import DomainError

_LOST = "This did not work, three times. Whoever runs this site can see why in its logs."
_LONGEST_PROBLEM = 400


def run_due(*, at: dt.datetime, clock: Callable[[], dt.datetime]) -> int:
    """Make or read every archive that waits; return how many. clock: tells when each ended."""
    done = 0
    while (archive := _claim(at)) is not None:
        _run(archive, clock)
        done += 1
    return done


def progress_of(archive: Archive) -> tuple[str, int, int] | None:
    """Return what is done now, and how many of how many; None while nothing is known of it."""
    found = cache.get(_place(archive))
    return (found[0], found[1], found[2]) if found else None


def sweep(*, at: dt.datetime) -> int:
    """Remove archives that were kept long enough, and files that no row knows; return how many files."""
    over = Archive.objects.filter(ended_at__lt=at - settings.WAYMARK_ARCHIVE_KEPT)
    swept = [name for name in over.values_list("stored_as", flat=True) if name]
    over.delete()
    folder = Path(storages["default"].path(FOLDER))
    known = set(Archive.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    for path in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):
            old = path.stat().st_mtime < (at - settings.WAYMARK_TIDY_AFTER).timestamp()
            if old and f"{FOLDER}/{path.name}" not in known:
                swept.append(f"{FOLDER}/{path.name}")
    for name in swept:
        storages["default"].delete(name)
    return len(swept)


def _claim(at: dt.datetime) -> Archive | None:
    """Take the one that waits longest; whose worker died is taken again, three times at most."""
    free = Q(began_at=None) | Q(began_at__lt=at - settings.WAYMARK_ARCHIVE_LEASE)
    with transaction.atomic():
        waiting = Archive.objects.select_for_update(skip_locked=True, of=("self",)).unfinished().filter(free)
        archive = waiting.select_related("person").order_by("asked_at", "pk").first()
        if archive:
            archive.began_at, archive.tries = at, archive.tries + 1
            archive.save(update_fields=["began_at", "tries"])
    return archive


def _run(archive: Archive, clock: Callable[[], dt.datetime]) -> None:
    """Do one; whatever is wrong with it is a sentence for its person."""
    try:
        _carry(archive, clock)
    except (BadArchiveError, DomainError) as error:
        _end(archive, clock(), problem=str(error)[:_LONGEST_PROBLEM], stored_as="")
    except SoftTimeLimitExceeded:
        _end(archive, clock(), problem="It took longer than a worker may work on one archive.", stored_as="")
    if archive.stored_as:  # what was brought has been read, or cannot be
        storages["default"].delete(archive.stored_as)
    cache.delete(_place(archive))


def _carry(archive: Archive, clock: Callable[[], dt.datetime]) -> None:
    if archive.tries > settings.WAYMARK_ARCHIVE_TRIES:
        raise DomainError(_LOST)
    (_make if archive.way == Archive.Way.OUT else _read)(archive, clock)


def _end(archive: Archive, at: dt.datetime, **facts: object) -> bool:
    """Say how it ended; False when it is not ours any more, for another worker took it or the account is gone."""
    mine = Archive.objects.filter(pk=archive.pk, began_at=archive.began_at, ended_at=None)
    return bool(mine.update(ended_at=at, **facts))


def _make(archive: Archive, clock: Callable[[], dt.datetime]) -> None:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=root) as draft:  # without a name: whoever is interrupted leaves nothing behind
        counts = write_archive(person=archive.person, to=draft, at=clock(), tell=_teller(archive))
        size = draft.tell()
        draft.seek(0)
        stored_as = storages["default"].save(f"{FOLDER}/{uuid.uuid4().hex}", File(draft))
    if not _end(archive, clock(), stored_as=stored_as, size=size, counts=counts):
        storages["default"].delete(stored_as)


def _read(archive: Archive, clock: Callable[[], dt.datetime]) -> None:
    """Read one in, and say so in the same transaction: whoever takes it up after a kill finds it undone or done."""
    try:
        file = storages["default"].open(archive.stored_as)
    except FileNotFoundError:
        raise DomainError("The file is not there any more. Choose it again.") from None
    with file, transaction.atomic():
        counts = read_archive(person=archive.person, file=file, at=clock(), tell=_teller(archive))
        if not _end(archive, clock(), counts=counts, stored_as=""):
            raise DomainError(_LOST)


def _teller(archive: Archive) -> Tell:
    return lambda what, done, of: cache.set(_place(archive), (what, done, of), timeout=600)


def _place(archive: Archive) -> str:
    return f"archive:{archive.public_id}"
