"""Taking a change back, from a toast or from the list of what can still be taken back."""

import json

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications.actions.undoing import undo_change
from applications.forms.plain import OK
from applications.models import Application, Undo
from applications.queries.stage import undone_words
from applications.stage import ACTIVE
from applications.views.board import address_under, board_under, columns_of
from applications.views.moved import application_url
from applications.views.parts import QUIETLY, answer
from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import CONFLICT, is_htmx, local_path, see


@require_safe
@students_only
def recent(request: HttpRequest) -> HttpResponse:
    """List what can still be taken back, so that the ten seconds of a toast are never the only way."""
    return _recent(request)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one change back, and show what the page it was made on looks like now."""
    wanted = get_object_or_404(Undo.objects.visible_to(person(request)), public_id=public_id)
    try:
        after = undo_change(undo=wanted, by=person(request), at=clock.now())
    except DomainError as error:
        return _not_undone(request, error)
    text, board = undone_words(after), columns_of(request, *ACTIVE)
    if board is not None:
        context = {"board": board, "asked": board_under(request), "text": text, "live": text}
        return answer(request, "applications/_moved.html", context, headers=QUIETLY)
    messages.success(request, text)
    return see(request, _page(request, after))


def _recent(request: HttpRequest, trouble: str = "") -> HttpResponse:
    changes = Undo.objects.visible_to(person(request)).within(clock.now())
    context = {"changes": changes, "minutes": settings.WAYMARK_UNDO.seconds // 60, "trouble": trouble}
    return render(request, "applications/recent.html", context, status=CONFLICT if trouble else OK)


def _not_undone(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Say why, and leave the page that htmx asked from as it is."""
    if not is_htmx(request):
        return _recent(request, error.sentence)
    trouble = json.dumps({"waymark:trouble": {"text": error.sentence}})
    return HttpResponse(status=CONFLICT, headers={"HX-Trigger": trouble, "HX-Reswap": "none"})


def _page(request: HttpRequest, after: list[Application]) -> str:
    """Return where the change said that undo leads, else where the person is, else the page of what came back."""
    here = application_url(after[0]) if len(after) == 1 else reverse("applications:board")
    return local_path(request, default="") or address_under(request) or here
