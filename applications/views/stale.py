"""Answers to a form that another tab overtook: 409 with both values, so that nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest, HttpResponse

from applications.forms.seen import SeenForm
from tracker.lib.errors import StaleError
from tracker.lib.http import CONFLICT, is_htmx, refused, see


def overtaken(request: HttpRequest, form: SeenForm, *, back: str, what: str) -> HttpResponse:
    """Let the person choose between what they typed and what is saved.

    `form`, which was valid, is bound to the row as it is now. When all that was typed is saved already, which is what
    a double click leads to, there is nothing to choose.
    """
    form.full_clean()
    differences = form.differences()
    if not differences:
        return see(request, back.partition("#")[0] if is_htmx(request) else back)
    context = {"form": form, "differences": differences, "back": back, "what": what}
    template = "applications/differences.html"
    if not is_htmx(request):
        return refused(request, template, context, status=CONFLICT)
    response = refused(request, f"{template}#body", context, status=CONFLICT)
    response.headers["HX-Reswap"] = "innerHTML"  # the card around it stays
    return response


@contextmanager
def or_gone() -> Iterator[None]:
    """Answer 404 when what a button is about was deleted in another tab meanwhile."""
    try:
        yield
    except StaleError:
        raise Http404 from None
