"""Answers that consist of parts out of band: nothing is swapped where the request came from."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

QUIETLY = {"HX-Trigger": "waymark:close-dialog", "HX-Reswap": "none"}


def answer(
    request: HttpRequest, template: str, context: Mapping[str, object], *, headers: Mapping[str, str], status: int = 200
) -> HttpResponse:
    """Render parts with headers for htmx."""
    return HttpResponse(render_to_string(template, dict(context), request), status=status, headers=dict(headers))
