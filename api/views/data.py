"""All of one's data: taken along as an archive or a table, or brought in."""

from typing import Literal

from django.core.files.storage import storages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.urls import reverse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from accounts.models import Archive, Scope
from api.problems import Problem
from api.shapes.shared import ArchiveShape
from api.views.access import needs, person
from applications.queries.asked import Asked
from applications.queries.export import all_of
from applications.views.export import as_file
from owndata.actions.asking import ask_for_export, bring_archive
from tracker.lib import clock
from tracker.lib.nudging import nudge

router = Router(tags=["All of your data"])


@router.post("/exports", response={202: ArchiveShape}, summary="Ask for an archive of all that is yours")
@needs(Scope.DATA, students=False)
def export(request: HttpRequest) -> Status[ArchiveShape]:
    """Let a worker make it; while one is being made you are told of that one."""
    archive = ask_for_export(person=person(request), at=clock.now())
    nudge("owndata.import")
    return Status(202, told(archive))


@router.get("/exports/applications.{kind}", response={200: None}, summary="Download your applications as a table")
@needs(Scope.READ)
def table(request: HttpRequest, kind: Literal["csv", "xlsx"]) -> HttpResponseBase:
    """Get all of them with every column but notes, as the table's page exports them."""
    user, on = person(request), clock.today(person(request))
    return as_file(kind, all_of(user, Asked(view=""), on=on), on)


@router.post("/archives", response={202: ArchiveShape}, summary="Bring an archive into an account that is still empty")
@needs(Scope.DATA, Scope.WRITE)
def bring(request: HttpRequest, file: File[UploadedFile]) -> Status[ArchiveShape]:
    """All of it is read in, or nothing."""
    archive = bring_archive(person=person(request), file=file, at=clock.now())
    nudge("owndata.import")
    return Status(202, told(archive))


@router.get("/archives/{id}", response=ArchiveShape, summary="Ask how far an export or import is")
@needs(Scope.DATA, students=False)
def read(request: HttpRequest, id: str) -> ArchiveShape:  # noqa: A002
    """Read whether it is `waiting`, `running`, `done`, or a `problem` with a sentence."""
    return told(_one(request, id))


@router.get("/archives/{id}/file", response={200: None}, summary="Download an export")
@needs(Scope.DATA, students=False)
def download(request: HttpRequest, id: str) -> FileResponse:  # noqa: A002
    """Get the zip, which is there for 7 days."""
    archive = _one(request, id)
    try:
        file = storages["default"].open(archive.stored_as) if archive.is_ready else None
    except FileNotFoundError:
        file = None
    if file is None:
        raise Problem(404, "There is no file of this archive.")
    return FileResponse(file, as_attachment=True, filename="waymark.zip", content_type="application/zip")


def told(one: Archive) -> ArchiveShape:
    """Return an archive as it is told."""
    same = {name: getattr(one, name) for name in ("way", "asked_at", "ended_at", "size", "problem", "counts")}
    file = reverse("api-v1:download", args=[one.public_id]) if one.is_ready else None
    return ArchiveShape.model_construct(**same, id=one.public_id, state=_state(one), file=file)


def _state(one: Archive) -> str:
    if one.ended_at:
        return "problem" if one.problem else "done"
    return "running" if one.began_at else "waiting"


def _one(request: HttpRequest, public_id: str) -> Archive:
    mine = Archive.objects.visible_to(person(request))
    found = mine.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise Problem(404, "You have no archive of this id.")
    return found
