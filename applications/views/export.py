"""Board and table as files: exactly what is asked for, or what is ticked."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from applications.queries.asked import read
from applications.queries.export import Chosen, all_of, csv_of, xlsx_of
from applications.views.roles import person, students_only
from tracker.lib import clock

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"
_IN_MEMORY = 1 << 20


@require_safe
@students_only
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Download what the address asks for."""
    user, on = person(request), clock.today(person(request))
    return as_file(kind, all_of(user, read(request.GET), on=on), on)


def as_file(kind: str, chosen: Chosen, on: dt.date) -> HttpResponseBase:
    """Answer with a file that is named by its day.

    It is whole before a byte of it is sent: a slow reader holds no statement of the database open, and gets no half.
    """
    pieces, begun = iter((xlsx_of if kind == "xlsx" else csv_of)(chosen)), bytearray()
    headers = {
        "Content-Type": _XLSX if kind == "xlsx" else _CSV,
        "Content-Disposition": f'attachment; filename="applications-{on.isoformat()}.{kind}"',
    }
    for piece in pieces:
        begun += piece
        if len(begun) > _IN_MEMORY:
            return FileResponse(_on_disk(bytes(begun), pieces), headers=headers)
    return HttpResponse(bytes(begun), headers=headers)


def _on_disk(begun: bytes, rest: Iterator[bytes]) -> IO[bytes]:
    """Write a large file where it has no name, and return it at its beginning; it is closed with the answer."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = tempfile.TemporaryFile(dir=root)  # noqa: SIM115
    file.write(begun)
    for piece in rest:
        file.write(piece)
    file.seek(0)
    return file
