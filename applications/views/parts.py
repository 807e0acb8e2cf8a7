"""Answers that consist of parts out of band: nothing is swapped where the request came from."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from tracker.lib.http import is_htmx

QUIETLY = {"HX-Trigger": "waymark:close-dialog", "HX-Reswap": "none"}

DIALOG_DONE = {"HX-Trigger": "waymark:close-dialog"}


def answer(
    request: HttpRequest, template: str, context: Mapping[str, object], *, headers: Mapping[str, str], status: int = 200
) -> HttpResponse:
    """Render parts with headers for htmx."""
    return HttpResponse(render_to_string(template, dict(context), request), status=status, headers=dict(headers))


def in_place(request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """Show a form where it was asked for: htmx gets the form alone, everybody else a page around it."""
    inside = is_htmx(request)
    part = f"{template}#form" if inside else template
    return render(request, part, {**context, "in_place": inside}, status=status)
