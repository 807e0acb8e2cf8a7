"""The last page: what was added, what was left out, and the way back; before that, how far it is."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications.sheets import csv_lines
from applications.views.roles import person
from imports.actions import ask_for_run, ask_for_undo, progress_of
from imports.actions.running import until
from imports.models import Import
from imports.queries.ending import left_head, left_rows
from imports.queries.review import summary_of
from imports.views.loading import OPEN, on, own, page_of
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import is_htmx
from tracker.lib.nudging import nudge

_AT_WORK = (Import.State.WAITING, Import.State.UNDOING)
_STOP_ASKING = 286


@require_POST
def run(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add what is planned."""
    return _ask(request, public_id, ask_for_run)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back what was added and changed."""
    return _ask(request, public_id, ask_for_undo)


@require_safe
def done(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how far it is, or how it ended."""
    file = own(request, public_id)
    return on(file) if file.state in OPEN else render(request, "imports/done.html", _shown(file))


@require_safe
def status(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell htmx how far it is; when that is over, it leads on and is asked no more."""
    file = own(request, public_id)
    if not is_htmx(request):
        return on(file)
    if file.state in _AT_WORK:
        return render(request, "imports/done.html#state", _shown(file))
    return HttpResponse(status=_STOP_ASKING, headers={"HX-Redirect": reverse(page_of(file), args=[file.public_id])})


@require_safe
def left(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Download the rows that were not added."""
    file = own(request, public_id)
    name = {"Content-Disposition": f'attachment; filename="left-{file.public_id}.csv"'}
    lines = csv_lines(left_head(file), left_rows(file))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=name)


def _ask(request: HttpRequest, public_id: str, action: Callable[..., bool]) -> HttpResponse:
    file = own(request, public_id)
    try:
        if action(file=file, by=person(request), at=clock.now(), clock=clock.now):
            nudge("imports.import")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect(page_of(own(request, public_id)), public_id)


def _shown(file: Import) -> dict[str, object]:
    summary = summary_of(file)
    todo = summary.adds + summary.file if file.state == Import.State.WAITING else file.added + file.changed
    ends = until(file)
    return {
        "file": file,
        "summary": summary,
        "is_at_work": file.state in _AT_WORK,
        "done": progress_of(file),
        "todo": todo,
        "until": ends,
        "can_undo": file.state == Import.State.DONE and bool(file.added or file.changed) and clock.now() <= ends,
    }
