"""The files behind versions: written under a random name, read, and swept away when no row knows them any more."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from applications.models import DocumentVersion
from applications.queries.documents import kept_for_undo

_FOLDER = "documents"
_BATCH = 500


def put(content: bytes) -> str:
    """Write a file, whole or not at all, and return the name it is stored under: nothing of it comes from people."""
    return storages["default"].save(f"{_FOLDER}/{uuid.uuid4().hex}", ContentFile(content))


def take_away(stored_as: str) -> None:
    """Remove a file whose row was never written."""
    storages["default"].delete(stored_as)


def content_of(version: DocumentVersion) -> bytes | None:
    """Return a file as it was uploaded; None when it is not there."""
    try:
        with storages["default"].open(version.stored_as) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content


def sweep(*, at: dt.datetime) -> int:
    """Remove files without a row, and what broken-off uploads left; return how many.

    Younger ones stay, for their row may be about to be written, and so do those that an undo would bring back.
    """
    before = at - settings.WAYMARK_TIDY_AFTER
    swept = 0
    for names in batched(_older(before), _BATCH):
        for name in _unknown(names):
            storages["default"].delete(name)
            swept += 1
    return swept


def _older(before: dt.datetime) -> Iterator[str]:
    """Yield the names of files that lie there since before this instant."""
    folder = Path(storages["default"].path(_FOLDER))
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                yield f"{_FOLDER}/{path.name}"
        except FileNotFoundError:  # another sweep was faster
            continue


def _unknown(names: Iterable[str]) -> set[str]:
    """Return those of the names that no row has, now or after an undo."""
    wanted = set(names)
    wanted -= kept_for_undo(wanted)
    return wanted - set(DocumentVersion.objects.filter(stored_as__in=wanted).values_list("stored_as", flat=True))
