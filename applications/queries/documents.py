"""A student's documents: the list of them, one with where its versions went, and those of one application."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import FilteredRelation, Prefetch, Q, QuerySet, Sum

from accounts.models import User
from applications.choices import DocumentKind
from applications.models import Application, Document, DocumentVersion, SentDocument
from applications.queries.sql import fetch
from applications.queries.timeline import near_day

_NAMED = 3
_OF_UNDO = """
SELECT pair -> 0 ->> 'stored_as'
FROM applications_undo u, jsonb_array_elements(u.changes -> 'applications_documentversion') pair
WHERE pair -> 0 ->> 'stored_as' = ANY(%(names)s)
"""


@dataclass(frozen=True, slots=True)
class Going:
    """One application that a version went to."""

    public_id: str
    application_id: str
    company: str
    role: str
    on: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version, and where it went, latest first."""

    public_id: str
    number: int
    file_name: str
    size: int
    note: str
    on: str
    went: list[Going]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in the list; `went` is told in words."""

    public_id: str
    name: str
    versions: int
    newest: VersionLine | None
    went: str


@dataclass(frozen=True, slots=True)
class Room:
    """How much a student keeps."""

    files: int
    size: int


@dataclass(frozen=True, slots=True)
class AttachedLine:
    """One version that went with an application."""

    public_id: str
    version_id: str
    document_id: str
    name: str
    number: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class Attached:
    """The documents of one application: those that went, those that could, and the CV to think of first."""

    lines: list[AttachedLine]
    choices: list[tuple[str, str]]
    newest_cv: tuple[str, str] | None


def documents_by_kind(user: User, *, on: dt.date) -> list[tuple[str, list[DocumentLine]]]:
    """Return the person's documents in the order of kinds: three queries, however many there are."""
    order = list(DocumentKind.values)
    found = Document.objects.visible_to(user).prefetch_related(Prefetch("versions", _versions()))
    ordered = sorted(found, key=lambda document: (order.index(document.kind), document.name.casefold(), document.pk))
    return [
        (DocumentKind(kind).label, [_line(document, user, on) for document in documents])
        for kind, documents in groupby(ordered, key=lambda document: document.kind)
    ]


def versions_of(document: Document, *, user: User, on: dt.date) -> list[VersionLine]:
    """Return the versions of the person's document, newest first, each with where it went: two queries."""
    return [_version(version, user, on) for version in _versions().filter(document=document)]


def room_of(user: User) -> Room:
    """Return how many files the person keeps, and their size together."""
    mine = DocumentVersion.objects.visible_to(user)
    return Room(files=mine.count(), size=mine.aggregate(size=Sum("size"))["size"] or 0)


def documents_of(application: Application) -> Attached:
    """Return what went with an application, and what could: one query."""
    of_this = FilteredRelation("sent", condition=Q(sent__application=application))
    versions = (
        DocumentVersion.objects.filter(document__student_id=application.student_id)
        .annotate(going=of_this)
        .order_by("document__name", "document_id", "-number")
        .values_list(
            "public_id", "number", "uploaded_at", "document__public_id", "document__name", "document__kind",
            "going__public_id", "going__on",
        )
    )  # fmt: skip
    return attached(versions)


def attached(versions: Iterable[tuple[Any, ...]]) -> Attached:
    """Sort the person's versions by whether they went with an application.

    Each comes with number and moment, its document's id, name and kind, and id and day of its going, if it went.
    """
    lines, choices, cvs = [], [], []
    for version_id, number, uploaded_at, document_id, name, kind, going, on in versions:
        if going:
            lines.append(AttachedLine(going, version_id, document_id, name, number, on))
        else:
            choices.append((version_id, f"{name}, version {number}"))
        if kind == DocumentKind.CV:
            cvs.append((uploaded_at, bool(going), version_id, f"{name}, version {number}"))
    lines.sort(key=lambda line: (line.on, line.name, line.number))
    return Attached(lines, choices, _newest_cv(cvs))


def kept_for_undo(names: Collection[str]) -> set[str]:
    """Return those of the stored names that belong to versions which an undo may bring back."""
    return {name for (name,) in fetch(_OF_UNDO, {"names": list(names)})}


def _newest_cv(cvs: list[tuple[dt.datetime, bool, str, str]]) -> tuple[str, str] | None:
    """Return the newest CV while none went with the application."""
    if not cvs or any(went for _at, went, _version_id, _words in cvs):
        return None
    _at, _went, version_id, words = max(cvs)
    return version_id, words


def _versions() -> QuerySet[DocumentVersion]:
    went = SentDocument.objects.select_related("application__company").order_by("-on", "-pk")
    went = went.only("public_id", "on", "version_id", "application__public_id", "application__role",
                     "application__company__name")  # fmt: skip
    return DocumentVersion.objects.prefetch_related(Prefetch("sent", went)).order_by("-number")


def _line(document: Document, user: User, on: dt.date) -> DocumentLine:
    versions = list(document.versions.all())
    newest = _version(versions[0], user, on) if versions else None
    names = [going.application.company.name for version in versions for going in version.sent.all()]
    return DocumentLine(document.public_id, document.name, len(versions), newest, _went(list(dict.fromkeys(names))))


def _went(names: list[str]) -> str:
    """Return "Tidewater, Veridian and 2 more"."""
    if len(names) <= 1:
        return "".join(names)
    if len(names) <= _NAMED:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[: _NAMED - 1])} and {len(names) - _NAMED + 1} more"


def _version(version: DocumentVersion, user: User, on: dt.date) -> VersionLine:
    return VersionLine(
        public_id=version.public_id,
        number=version.number,
        file_name=version.file_name,
        size=version.size,
        note=version.note,
        on=near_day(version.uploaded_at.astimezone(user.tz).date(), on),
        went=list(_goings(version.sent.all(), on)),
    )


def _goings(sent: Iterable[SentDocument], on: dt.date) -> Iterable[Going]:
    for going in sent:
        application = going.application
        yield Going(
            going.public_id, application.public_id, application.company.name, application.title, near_day(going.on, on)
        )
