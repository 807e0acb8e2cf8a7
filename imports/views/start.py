"""The first page: a file, earlier imports, and a table to fill in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.sheets import csv_lines
from applications.views.roles import person, students_only
from imports.actions import begin_import
from imports.forms import UploadForm
from imports.planning.fields import FIELDS, LINE
from imports.queries.ending import earlier
from tracker.lib import clock
from tracker.lib.http import sent

_NOT_IN_TEMPLATE = {LINE, "outcome", "posting_text"}


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def start(request: HttpRequest) -> HttpResponse:
    """Take a file; nothing is added yet."""
    user, form = person(request), UploadForm(sent(request), request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        file = form.act(begin_import, student=user, name=upload.name, content=upload.read(), at=clock.now())
        if file:
            return redirect("imports:map", file.public_id)
    shown = {"form": form, "earlier": earlier(user, clock.now()), "days": settings.WAYMARK_SHEET_UNDO.days}
    return render(request, "imports/start.html", shown, status=form.status)


@require_safe
@students_only
def template(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - it is the same for all
    """Download a table whose columns are all known here."""
    head = [label for name, label in FIELDS.items() if name not in _NOT_IN_TEMPLATE]
    name = {"Content-Disposition": 'attachment; filename="waymark-template.csv"'}
    return StreamingHttpResponse(csv_lines(head, []), content_type="text/csv; charset=utf-8", headers=name)
