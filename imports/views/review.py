"""The third page: what will become of each row; cells are corrected and choices made in place."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications.views.roles import person
from imports.actions import choose, choose_all, correct_row
from imports.actions.correcting import StillWrongError
from imports.models import Import, ImportRow
from imports.queries.review import Line, Page, cells_of, lines_of, page_of, summary_of
from imports.views.loading import on, own
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE, is_htmx

_CELL = "cell-"


@require_safe
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how many rows are what, and the rows of one kind."""
    file = own(request, public_id)
    if file.state != Import.State.REVIEW:
        return on(file)
    if is_htmx(request) and "after" in request.GET:
        return render(request, "imports/review.html#rows", _shown(request, file))
    return render(request, "imports/review.html", _shown(request, file))


@require_POST
def row(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Correct the cells of a row, or say what to do with it."""
    file = own(request, public_id)
    one = get_object_or_404(ImportRow.objects.visible_to(person(request)), file=file, number=number)
    typed = {int(name.removeprefix(_CELL)): text for name, text in request.POST.dict().items() if _is_cell(name, file)}
    try:
        if one.verdict == ImportRow.Verdict.SAME:
            choose(row=one, choice=request.POST.get("choice", ""), by=person(request))
        else:
            correct_row(row=one, cells=typed, by=person(request), at=clock.now())
    except StillWrongError as error:
        return _still_wrong(request, one, typed, error)
    except DomainError as error:
        return _refused(request, file, error)
    return _changed(request, file, one)


@require_POST
def choices(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say the same of all rows that look like another one."""
    file = own(request, public_id)
    try:
        choose_all(file=file, choice=request.POST.get("choice", ""), by=person(request))
    except DomainError as error:
        return _refused(request, file, error)
    return redirect(f"{reverse('imports:review', args=[file.public_id])}?show=same")


def _is_cell(name: str, file: Import) -> bool:
    place = name.removeprefix(_CELL)
    return name.startswith(_CELL) and place.isdecimal() and len(place) < 4 and int(place) < len(file.columns)  # noqa: PLR2004 - digits


def _shown(request: HttpRequest, file: Import, *, show: str = "", put: Line | None = None) -> dict[str, object]:
    """Return what the page shows; `put` stands in place of the row of its number."""
    summary = summary_of(file)
    asked = show or request.GET.get("show", "")
    verdict = asked if asked in ImportRow.Verdict.values else summary.first
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0  # noqa: PLR2004 - digits
    page = page_of(file, verdict, person(request), after=put.number - 1 if put else start)
    if put:
        page = Page([put, *(line for line in page.lines if line.number != put.number)], page.after)
    here = reverse("imports:review", args=[file.public_id])
    more = f"{here}?show={verdict}&after={page.after}" if page.after else ""
    return {"file": file, "summary": summary, "page": page, "show": verdict, "next_url": more, "here": here}


def _changed(request: HttpRequest, file: Import, one: ImportRow) -> HttpResponse:
    """Show the row as it is now, and the counts."""
    if not is_htmx(request):
        return redirect(f"{reverse('imports:review', args=[file.public_id])}?show={one.verdict}")
    show, fresh = one.verdict, ImportRow.objects.get(pk=one.pk)
    line = lines_of(file, [fresh], person(request))[0]
    here = reverse("imports:review", args=[file.public_id])
    shown = {"file": file, "summary": summary_of(file), "line": line, "show": show, "here": here, "changed": True}
    return render(request, "imports/_changed.html", shown)


def _still_wrong(
    request: HttpRequest, one: ImportRow, typed: Mapping[int, str], error: StillWrongError
) -> HttpResponse:
    """Show what is wrong now, with what was typed."""
    file = one.file
    line = lines_of(file, [one], person(request))[0]
    known = {cell.column: cell.text for cell in line.cells}
    line = replace(line, cells=cells_of(file, one.cells or [], error.problems, known | dict(typed)))
    if is_htmx(request):
        return render(request, "imports/_row.html", {"file": file, "line": line, "refused": True}, status=UNPROCESSABLE)
    shown = _shown(request, file, show=one.verdict, put=line) | {"refused": True, "refused_line": line}
    return render(request, "imports/review.html", shown, status=UNPROCESSABLE)


def _refused(request: HttpRequest, file: Import, error: DomainError) -> HttpResponse:
    """Say why, on the page that the import is at by now."""
    fresh = own(request, file.public_id)
    if fresh.state != Import.State.REVIEW:
        return on(fresh)
    shown = _shown(request, fresh) | {"refused": True, "trouble": error.sentence}
    return render(request, "imports/review.html", shown, status=UNPROCESSABLE)
