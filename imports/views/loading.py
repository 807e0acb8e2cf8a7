"""Whose import it is, and which page it is at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from applications.views.roles import person
from imports.models import Import

OPEN = (Import.State.MATCHING, Import.State.REVIEW)
_PAGES = {Import.State.MATCHING: "imports:map", Import.State.REVIEW: "imports:review"}


def own(request: HttpRequest, public_id: str) -> Import:
    """Return one of the person's imports; 404 for any other."""
    return get_object_or_404(Import.objects.visible_to(person(request)), public_id=public_id)


def page_of(file: Import) -> str:
    """Return the name of the page that an import is at."""
    return _PAGES.get(Import.State(file.state), "imports:done")


def on(file: Import) -> HttpResponse:
    """Send the person to the page that the import is at."""
    return redirect(page_of(file), file.public_id)
