"""Answers to a form that another tab overtook: 409 with both values, so that nothing typed is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from applications.forms.seen import SeenForm
from tracker.lib.http import CONFLICT, refused


def overtaken(request: HttpRequest, form: SeenForm, *, back: str, what: str) -> HttpResponse:
    """Let the person choose between what they typed and what is saved.

    `form`, which was valid, is bound to the row as it is now. When all that was typed is saved already, which is what
    a double click leads to, there is nothing to choose.
    """
    form.full_clean()
    differences = form.differences()
    if not differences:
        return redirect(back)
    context = {"form": form, "differences": differences, "back": back, "what": what}
    return refused(request, "applications/differences.html", context, status=CONFLICT)
