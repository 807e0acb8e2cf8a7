"""The page of one application, its copy, and its end."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions.editing import delete_application, duplicate_application
from applications.actions.undoing import undoable
from applications.forms.edit import SECTIONS
from applications.forms.event import LogForm
from applications.models import Application
from applications.queries.own import own_application
from applications.queries.page import application_page
from applications.queries.timeline import timeline
from applications.views.moved import application_url
from applications.views.roles import person
from applications.views.stale import or_gone
from applications.views.told import tell
from applications.views.way_back import way_back
from tracker.lib import clock
from tracker.lib.http import is_htmx


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an application; for htmx the earlier entries of its timeline, or one section as it stands."""
    application = own(request, public_id)
    before, section = request.GET.get("before", ""), request.GET.get("section", "")
    if is_htmx(request) and section in SECTIONS:
        return _section(request, application, section)
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
    """Delete, and offer it back; with rounds only after saying what goes with it."""
    application, user, at = own(request, public_id), person(request), clock.now()
    rounds = application.rounds.count()
    if request.method != "POST":
        return render(request, "applications/delete.html", {"application": application, "rounds": rounds})
    if rounds and not request.POST.get("sure"):
        return redirect("applications:delete", public_id=public_id)
    text = f"Deleted. {application.title} at {application.company.name} is gone."
    with undoable(student=user, text=text, at=at, applications=[application]) as change:
        delete_application(application=application, by=user, at=at)
    tell(request, text, undo=change.undo)
    return redirect("applications:board")


@require_POST
def duplicate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Copy it to Interested, and show the copy."""
    application, user, at = own(request, public_id), person(request), clock.now()
    key = _key(request.POST.get("request_key", ""))
    text = f"Copied. This is the copy of {application.title}, in Interested."
    with or_gone(), undoable(student=user, text=text, at=at, applications=[application]) as change:
        copy = duplicate_application(application=application, request_key=key, by=user, at=at)
        change.adds(copy, at=at)
    tell(request, text, undo=change.undo, back=application_url(application))
    return redirect("applications:detail", public_id=copy.public_id)


def _key(text: str) -> uuid.UUID:
    """Read the key of one click; a request without one is a click of its own."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def own(request: HttpRequest, public_id: str) -> Application:
    """Return one of the person's applications; 404 for any other."""
    found = own_application(person(request), public_id)
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, application: Application, form: LogForm, status: int = 200) -> HttpResponse:
    """Show the whole page, with the line to log as it was typed."""
    page = application_page(application, user=person(request), at=clock.now())
    context = {"page": page, "application": application, "log": form, "timeline": page.timeline, "here": request.path}
    context |= {"refused": bool(form.errors), **way_back(request, application)}
    return render(request, "applications/page.html", context, status=status)


def section_template(name: str) -> str:
    """Return where the card of a section is written."""
    return f"applications/_page_{name.replace('-', '_')}.html"


def _section(request: HttpRequest, application: Application, name: str) -> HttpResponse:
    page = application_page(application, user=person(request), at=clock.now())
    context = {"application": application, "page": page, "fit": page.fit, "focused": True}
    return render(request, section_template(name), context)
