"""The full form of one application."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from applications.actions.editing import edit_application
from applications.forms.edit import ApplicationForm
from applications.models import Application
from applications.views.page import own
from applications.views.roles import person
from applications.views.stale import overtaken
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import sent


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Edit everything but the stage."""
    application, back = own(request, public_id), reverse("applications:detail", args=[public_id])
    title = application.title
    form = ApplicationForm(sent(request), instance=application)
    try:
        if form.is_valid() and _saved(request, form):
            messages.success(request, "Saved.")
            return redirect(back)
    except StaleError:
        form = ApplicationForm(request.POST, instance=own(request, public_id))
        return overtaken(request, form, back=back, what="This application")
    context = {"form": form, "application": application, "title": title, "back": back}
    return render(request, "applications/edit.html", context, status=form.status)


def _saved(request: HttpRequest, form: ApplicationForm) -> Application | None:
    version, by, at = form.seen_version(), person(request), clock.now()
    return form.act(edit_application, application=form.instance, details=form.details(), version=version, by=by, at=at)
