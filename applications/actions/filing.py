"""Changes to documents: new ones, further versions, and which version went with which application.

A version is never changed. A file is written before its row is, and taken away again when the row cannot be written.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max

from accounts.models import User
from applications.actions import keeping
from applications.actions.guarding import guarded, lock_application
from applications.files import judge
from applications.models import Application, Document, DocumentVersion, SentDocument
from applications.queries.documents import room_of
from tracker.lib.errors import DomainError, StaleError


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: the name it had there, and all of it."""

    name: str
    content: bytes


def add_document(*, student: User, kind: str, name: str, upload: Upload, note: str, at: dt.datetime) -> DocumentVersion:
    """Add a document with its first version, and return that; the other half of a double click gets the same one."""
    with guarded():
        _lock(student)
        known = Document.objects.visible_to(student).filter(name=name).first()
        if known is not None:
            same = _same_click(known, upload, at)
            if same is None:
                raise DomainError(
                    "You have a document of this name. Add a version to it, or use another name.", field="name"
                )
            return same
        document = Document(student=student, kind=kind, name=name)
        with _written(student, upload) as version:
            document.save(force_insert=True)
            version.document, version.number, version.note, version.uploaded_at = document, 1, note, at
            version.save(force_insert=True)
    return version


def add_version(*, document: Document, upload: Upload, note: str, by: User, at: dt.datetime) -> DocumentVersion:
    """Add the next version, and return it; the same file again is refused, or is the other half of a double click."""
    with guarded():
        _lock(by)
        fresh = _present(document, by)
        if same := _same_click(fresh, upload, at):
            return same
        newest = fresh.versions.order_by("-number").first()
        if newest and newest.sha256 == _sum(upload):
            raise DomainError(f"This is the same file as version {newest.number}.", field="file")
        with _written(by, upload) as version:
            number = (fresh.versions.aggregate(last=Max("number"))["last"] or 0) + 1
            version.document, version.number, version.note, version.uploaded_at = fresh, number, note, at
            version.save(force_insert=True)
    return version


def rename_document(*, document: Document, name: str, kind: str, seen: Mapping[str, str], by: User) -> Document:
    """Give a document another name or kind; StaleError when it is no longer called as was seen."""
    with guarded():
        _lock(by)
        fresh = _present(document, by)
        if (fresh.name, fresh.kind) != (seen["name"], seen["kind"]):
            raise StaleError("This document changed in another tab.")
        if Document.objects.visible_to(by).filter(name=name).exclude(pk=fresh.pk).exists():
            raise DomainError("You have another document of this name.", field="name")
        fresh.kind, fresh.name = kind, name
        fresh.save(update_fields=["kind", "name"])
    return fresh


def delete_document(*, document: Document, by: User) -> None:
    """Delete a document with its versions. Their files stay until no undo can bring them back."""
    with guarded():
        Document.objects.visible_to(by).filter(pk=document.pk).delete()


def delete_version(*, version: DocumentVersion, by: User) -> None:
    """Delete one version; its number is not used again while there is a later one."""
    with guarded():
        DocumentVersion.objects.visible_to(by).filter(pk=version.pk).delete()


def attach(
    *, application: Application, version: DocumentVersion, on: dt.date, by: User, at: dt.datetime
) -> SentDocument:
    """Note that a version went with an application on a day; a second time it is the same note with that day."""
    with guarded():
        lock_application(application, by)
        if not DocumentVersion.objects.visible_to(by).filter(pk=version.pk).exists():
            raise StaleError("This version was deleted in another tab.")
        going, _made = SentDocument.objects.update_or_create(
            application=application, version=version, defaults={"on": on}
        )
        Application.objects.filter(pk=application.pk).update(updated_at=at)
    return going


def take_off(*, going: SentDocument, by: User, at: dt.datetime) -> None:
    """Take a version off an application; the version stays. Doing it twice is no mistake."""
    with guarded():
        lock_application(going.application, by)
        if SentDocument.objects.visible_to(by).filter(pk=going.pk).delete()[0]:
            Application.objects.filter(pk=going.application_id).update(updated_at=at)


@contextmanager
def _written(student: User, upload: Upload) -> Iterator[DocumentVersion]:
    """Judge a file, make sure that there is room, write it, and yield a version without its place in a document."""
    name, kind = judge(upload.name, upload.content, most=settings.WAYMARK_FILE_BYTES)
    _make_sure_of_room(student, len(upload.content))
    stored_as = keeping.put(upload.content)
    try:
        yield DocumentVersion(
            stored_as=stored_as,
            file_name=name,
            media_type=kind.media_type,
            size=len(upload.content),
            sha256=_sum(upload),
        )
    except BaseException:
        keeping.take_away(stored_as)
        raise


def _make_sure_of_room(student: User, size: int) -> None:
    room = room_of(student)
    if room.files >= settings.WAYMARK_FILES:
        raise DomainError(f"You keep {room.files} files; there is room for no more. Delete one first.", field="file")
    if room.size + size > settings.WAYMARK_FILES_BYTES:
        megabytes = settings.WAYMARK_FILES_BYTES // 1024**2
        raise DomainError(f"Your files would be larger than {megabytes} MB together. Delete one first.", field="file")


def _lock(student: User) -> None:
    """Let uploads of one person wait for each other, so that numbers and limits hold."""
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=student.pk)


def _present(document: Document, by: User) -> Document:
    fresh = Document.objects.visible_to(by).filter(pk=document.pk).first()
    if fresh is None:
        raise StaleError("This document was deleted in another tab.")
    return fresh


def _same_click(document: Document, upload: Upload, at: dt.datetime) -> DocumentVersion | None:
    since = at - settings.WAYMARK_SAME_CLICK
    return document.versions.filter(uploaded_at__gte=since, sha256=_sum(upload)).order_by("-number").first()


def _sum(upload: Upload) -> str:
    return hashlib.sha256(upload.content).hexdigest()
