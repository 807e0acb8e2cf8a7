"""Taking a change back, from a toast or from the list of what can still be taken back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications.actions.undoing import undo_change
from applications.models import Application, Undo
from applications.queries.stage import undone_words
from applications.stage import ACTIVE
from applications.views.board import board_under, columns_of, page_under
from applications.views.moved import application_url
from applications.views.parts import QUIETLY, answer
from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import local_path, see


@require_safe
@students_only
def recent(request: HttpRequest) -> HttpResponse:
    """List what can still be taken back, so that the ten seconds of a toast are never the only way."""
    changes = Undo.objects.visible_to(person(request)).within(clock.now())
    context = {"changes": changes, "minutes": settings.WAYMARK_UNDO.seconds // 60}
    return render(request, "applications/recent.html", context)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one change back, and show what the page it was made on looks like now."""
    wanted = get_object_or_404(Undo.objects.visible_to(person(request)), public_id=public_id)
    try:
        after = undo_change(undo=wanted, by=person(request), at=clock.now())
    except DomainError as error:
        messages.info(request, error.sentence)
        return see(request, _page(request, []))
    text, board = undone_words(after), columns_of(request, *ACTIVE)
    if board is not None:
        context = {"board": board, "asked": board_under(request), "text": text, "live": text}
        return answer(request, "applications/_moved.html", context, headers=QUIETLY)
    messages.success(request, text)
    return see(request, _page(request, after))


def _page(request: HttpRequest, after: list[Application]) -> str:
    """Return where the person was, or the page of what came back."""
    here = application_url(after[0]) if len(after) == 1 else reverse("applications:board")
    return page_under(request) or local_path(request, default=here)
