"""Spreadsheets: brought in, matched, run as they were planned, taken back. Each step is that of the pages."""

import contextlib
from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import File, Path, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from accounts.models import Scope
from api.etags import expect, fresh
from api.problems import Problem
from api.shapes.base import Page, Text
from api.shapes.imports import ImportChange, ImportRowChange, ImportRowShape, ImportShape
from api.views.access import needs, person
from api.views.imports_told import answers_of, named, places_of, row_told, still_wrong, told
from api.views.once import KEY, once
from imports.actions import ask_for_run, ask_for_undo, begin_import, choose, choose_all, correct_row, match_columns
from imports.actions.correcting import StillWrongError
from imports.models import Import, ImportRow
from imports.queries.matching import guesses_for
from imports.queries.review import lines_of, page_of
from imports.reading import TooLargeError
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.ids import read_public_id
from tracker.lib.nudging import nudge

router = Router(tags=["Spreadsheets"])

_RAW = {"requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}}}}
RowNumber = Annotated[int, Field(ge=1, le=9_999_999, description="As a spreadsheet counts.")]
Number = Annotated[str, Field(max_length=9, pattern=r"^[0-9]*$", description="`next` of the part before.")]


@router.post(
    "",
    response={202: ImportShape},
    summary="Bring a spreadsheet, and see what would become of it",
    openapi_extra={"parameters": [KEY], **_RAW},
)
@needs(Scope.READ, Scope.WRITE)
@once
def bring(
    request: HttpRequest,
    name: Annotated[Text, Field(max_length=200)] = "import.csv",
    file: File[UploadedFile | None] = None,
) -> Status[ImportShape]:
    """CSV, XLSX, JSON or a Markdown table as `file`, or a CSV as the body. Nothing is added before it is run."""
    user, at = person(request), clock.now()
    try:
        called, content = _brought(request, name, file)
        made = begin_import(student=user, name=called, content=content, at=at)
    except TooLargeError as error:
        raise Problem(413, error.sentence, errors={"file": error.sentence}) from None
    with contextlib.suppress(DomainError):  # then it stays to be matched, and `question` says what with
        match_columns(file=made, by=user, at=at, remember=False, **answers_of(made, guesses_for(made, user)))
    return Status(202, told(_one(request, made.public_id), user))


@router.get("/{id}", response=ImportShape, summary="Ask how far one is")
@needs(Scope.READ)
def read(request: HttpRequest, id: str, response: HttpResponse) -> Any:  # noqa: A002, ANN401 - shape or 304
    """In `matching` it waits for answers, in `review` to be run; then it is waiting, done, undoing or undone."""
    return fresh(request, response, told(_one(request, id), person(request)))


@router.get("/{id}/rows", response=Page[ImportRowShape], summary="List what becomes of the rows, in their order")
@needs(Scope.READ)
def rows(
    request: HttpRequest,
    id: str,  # noqa: A002
    verdict: ImportRow.Verdict = ImportRow.Verdict.WRONG,
    after: Number = "",
) -> Page[ImportRowShape]:
    """Those that need a look, look like others, or are ready."""
    found = page_of(_one(request, id), verdict, person(request), after=int(after or 0))
    return Page[ImportRowShape](
        items=[row_told(line) for line in found.lines], next=str(found.after) if found.after else None
    )


@router.patch("/{id}", response=ImportShape, summary="Say what columns and words mean")
@needs(Scope.READ, Scope.WRITE)
def change(request: HttpRequest, id: str, body: ImportChange) -> ImportShape:  # noqa: A002
    """Make the plan anew; the answers are remembered for the next file."""
    file, user = _seen(request, id), person(request)
    answers = answers_of(file, guesses_for(file, user), body)
    try:
        with transaction.atomic():
            if body.said("same"):
                match_columns(file=file, by=user, at=clock.now(), **answers)
            if body.same:
                choose_all(file=file, choice=body.same, by=user)
    except DomainError as error:
        raise named(error, file, answers["fields"]) from error
    return told(_one(request, id), user)


@router.patch("/{id}/rows/{number}", response=ImportRowShape, summary="Correct a row, or say what to do with it")
@needs(Scope.READ, Scope.WRITE)
def correct(
    request: HttpRequest,
    id: str,  # noqa: A002
    number: Path[RowNumber],
    body: ImportRowChange,
) -> ImportRowShape:
    """Plan the row anew with these cells; one that cannot be added so either is refused, and stays as it was."""
    file, user = _seen(request, id), person(request)
    row = _row(file, number, request)
    try:
        with transaction.atomic():
            if body.cells:
                row = correct_row(row=row, cells=places_of(file, body.cells), by=user, at=clock.now())
            if body.choice:
                choose(row=row, choice=body.choice, by=user)
    except StillWrongError as error:
        raise still_wrong(error, file) from error
    return row_told(lines_of(file, [_row(file, number, request)], user)[0])


@router.post("/{id}/run", response={202: ImportShape}, summary="Add what is planned, all of it or nothing")
@needs(Scope.READ, Scope.WRITE)
def run(request: HttpRequest, id: str) -> Status[ImportShape]:  # noqa: A002
    """Exactly the stored plan; with If-Match, exactly the one that you have seen. A long one is a worker's."""
    return _ask(request, id, ask_for_run)


@router.post("/{id}/undo", response={202: ImportShape}, summary="Take it back, within 7 days")
@needs(Scope.READ, Scope.WRITE)
def undo(request: HttpRequest, id: str) -> Status[ImportShape]:  # noqa: A002
    """Let go what it added, and put what it changed back; nothing, where anything changed since."""
    return _ask(request, id, ask_for_undo)


def _ask(request: HttpRequest, public_id: str, action: Callable[..., bool]) -> Status[ImportShape]:
    file, user = _seen(request, public_id), person(request)
    if action(file=file, by=user, at=clock.now(), clock=clock.now):
        nudge("imports.import")
    return Status(202, told(_one(request, public_id), user))


def _brought(request: HttpRequest, name: str, file: UploadedFile | None) -> tuple[str, bytes]:
    """Return name and content; one byte more than is taken tells that it is too large."""
    most = settings.WAYMARK_SHEET_BYTES + 1
    if file is not None:
        return str(file.name), file.read(most)
    if request.content_type == "text/csv":
        return name, request.body
    if request.content_type == "multipart/form-data":
        raise Problem(422, "Send the spreadsheet as `file`.", errors={"file": "Missing."})
    raise Problem(415, "Send a spreadsheet as multipart/form-data, or a CSV as text/csv.")


def _seen(request: HttpRequest, public_id: str) -> Import:
    """Return one that has not changed since it was read, for whoever says what they read."""
    file = _one(request, public_id)
    if "If-Match" in request.headers:
        expect(request, told(file, person(request)))
    return file


def _row(file: Import, number: int, request: HttpRequest) -> ImportRow:
    found = ImportRow.objects.visible_to(person(request)).filter(file=file, number=number).select_related("file")
    row = found.first()
    if row is None:
        raise Problem(404, "There is no row of this number.")
    return row


def _one(request: HttpRequest, public_id: str) -> Import:
    found = Import.objects.visible_to(person(request)).filter(public_id=read_public_id(public_id)).first()
    if found is None:
        raise Problem(404, "You have no import of this id.")
    return found
