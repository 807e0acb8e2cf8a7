"""Logging to the timeline of an application, and correcting its entries."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.events import delete_event, edit_event, log_event
from applications.forms.event import EventForm, LogForm
from applications.models import Application, Event
from applications.queries.timeline import entry
from applications.views.page import own, show
from applications.views.roles import person
from applications.views.stale import overtaken
from tracker.lib import clock
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.http import UNPROCESSABLE, is_htmx, refused, sent


@require_POST
def log(request: HttpRequest, public_id: str) -> HttpResponse:
    """Log what happened; htmx gets the entry and an empty line, everybody else the page."""
    application, user, form = own(request, public_id), person(request), LogForm(request.POST)
    event = None
    if form.is_valid():
        typed = {**form.cleaned_data, "on": form.cleaned_data["on"] or clock.today(user)}
        event = form.act(log_event, application=application, by=user, at=clock.now(), **typed)
    if event is None:
        return _not_logged(request, application, form)
    if not is_htmx(request):
        return redirect(f"{reverse('applications:detail', args=[public_id])}#timeline")
    context = {"application": application, "entry": entry(event, today=clock.today(user)), "log": LogForm.again()}
    return render(request, "applications/logged.html", context)


def _not_logged(request: HttpRequest, application: Application, form: LogForm) -> HttpResponse:
    if not is_htmx(request):
        return show(request, application, form, status=UNPROCESSABLE)
    context = {"application": application, "log": form}
    response = render(request, "applications/_composer.html", context, status=UNPROCESSABLE)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#composer", "outerHTML"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the day or the words of an entry."""
    event = _own(request, public_id)
    heading = entry(event, today=clock.today(person(request))).title
    form, back = EventForm(sent(request), instance=event), _timeline_of(event.application)
    try:
        if form.is_valid() and _corrected(request, form, event):
            return redirect(back)
    except StaleError:
        form = EventForm(request.POST, instance=_own(request, public_id))
        return overtaken(request, form, back=back, what="This entry")
    context = {"form": form, "event": event, "application": event.application, "heading": heading, "back": back}
    return render(request, "applications/event_form.html", context, status=form.status)


def _corrected(request: HttpRequest, form: EventForm, event: Event) -> Event | None:
    by, at = person(request), clock.now()
    return form.act(edit_event, event=event, seen=form.was_seen(), by=by, at=at, **form.details())


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then take an entry out; the stage follows from those that are left."""
    event = _own(request, public_id)
    application, back = event.application, _timeline_of(event.application)
    context = {"entry": entry(event, today=clock.today(person(request))), "application": application, "back": back}
    if request.method != "POST":
        return render(request, "applications/event_delete.html", context)
    try:
        after = delete_event(event=event, by=person(request), at=clock.now())
    except StaleError:
        raise Http404 from None
    except DomainError as error:
        return refused(request, "applications/event_delete.html", {**context, "error": error.sentence})
    moved = f" It is in {after.look.label} now." if after.look != application.look else ""
    messages.success(request, f"Deleted.{moved}")
    return redirect(back)


def _own(request: HttpRequest, public_id: str) -> Event:
    """Return an entry of one of the person's applications; what is not shown, an edit, is not found either."""
    shown = Event.objects.visible_to(person(request)).exclude(kind=Event.Kind.EDIT)
    return get_object_or_404(shown.select_related("application__company"), public_id=public_id)


def _timeline_of(application: Application) -> str:
    return f"{reverse('applications:detail', args=[application.public_id])}#timeline"
