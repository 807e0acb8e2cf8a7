"""Board and table as files: exactly what is asked for, or what is ticked."""

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from applications.queries import export as rows_to_export
from applications.queries.asked import read
from applications.sheets import Value, csv_lines, xlsx
from applications.views.roles import person, students_only
from tracker.lib import clock

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@students_only
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Download what the address asks for."""
    user, on = person(request), clock.today(person(request))
    return as_file(kind, rows_to_export.rows(user, read(request.GET), on=on), on)


def as_file(kind: str, rows: Sequence[Sequence[Value]], on: dt.date) -> HttpResponseBase:
    """Answer with a file that is named by its day; CSV goes out line by line."""
    name = {"Content-Disposition": f'attachment; filename="applications-{on.isoformat()}.{kind}"'}
    head = rows_to_export.HEAD
    if kind == "xlsx":
        return HttpResponse(xlsx("Applications", head, rows), content_type=_XLSX, headers=name)
    return StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8", headers=name)
