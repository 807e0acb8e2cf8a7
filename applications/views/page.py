"""The page of one application, and the end of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions.editing import delete_application
from applications.forms.event import LogForm
from applications.models import Application
from applications.queries.page import application_page, own_applications
from applications.queries.timeline import timeline
from applications.views.roles import person
from tracker.lib import clock
from tracker.lib.http import is_htmx


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an application; for htmx the earlier entries of its timeline."""
    application = own(request, public_id)
    before = request.GET.get("before", "")
    if not before:
        return show(request, application, LogForm())
    context = {
        "application": application,
        "timeline": timeline(application, today=clock.today(person(request)), before=before),
    }
    return render(
        request, "applications/earlier.html#entries" if is_htmx(request) else "applications/earlier.html", context
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what goes with it; then delete."""
    application = own(request, public_id)
    if request.method != "POST":
        context = {"application": application, "rounds": application.rounds.count()}
        return render(request, "applications/delete.html", context)
    delete_application(application=application, by=person(request), at=clock.now())
    messages.success(request, f"Deleted. {application.title} at {application.company.name} is gone.")
    return redirect("applications:board")


def own(request: HttpRequest, public_id: str) -> Application:
    """Return one of the person's applications; 404 for any other."""
    return get_object_or_404(own_applications(person(request)), public_id=public_id)


def show(request: HttpRequest, application: Application, form: LogForm, status: int = 200) -> HttpResponse:
    """Show the whole page, with the line to log as it was typed."""
    page = application_page(application, user=person(request), at=clock.now())
    context = {"page": page, "application": application, "log": form, "timeline": page.timeline}
    return render(request, "applications/page.html", context, status=status)
