"""The record of approval of an application: to read, to print, to change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions.approvals import note_approval
from applications.actions.undoing import undoable
from applications.forms.approval import ApprovalForm
from applications.models import Application, Approval
from applications.queries.approvals import approval_page, record_of
from applications.views.page import own
from applications.views.roles import person
from applications.views.stale import overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import sent


@require_safe
def approval(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the record; its page prints as a sheet to sign."""
    application, student = own(request, public_id), person(request)
    shown = {"application": application, "page": approval_page(application), "on": clock.today(student)}
    return render(request, "applications/approval.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change the record."""
    application = own(request, public_id)
    back = reverse("applications:approval", args=[public_id])
    form = ApprovalForm(sent(request), instance=record_of(application))
    try:
        if form.is_valid() and _saved(request, application, form):
            return redirect(back)
    except StaleError:
        form = ApprovalForm(request.POST, instance=record_of(own(request, public_id)))
        return overtaken(request, form, back=back, what="This record")
    shown = {"form": form, "application": application, "back": back}
    return render(request, "applications/approval_form.html", shown, status=form.status)


def _saved(request: HttpRequest, application: Application, form: ApprovalForm) -> Approval | None:
    by, at, text = person(request), clock.now(), "Saved. The record of approval is up to date."
    with undoable(student=by, text=text, at=at, applications=[application]) as change:
        details, version = form.details(), form.seen_version()
        saved = form.act(note_approval, application=application, details=details, version=version, by=by, at=at)
    if saved:
        tell(request, text, undo=change.undo)
    return saved
