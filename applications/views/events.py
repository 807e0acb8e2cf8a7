"""Logging to the timeline of an application, and correcting its entries; each change can be taken back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.events import add_stage, delete_event, edit_event, log_event, log_step
from applications.actions.undoing import Change, undoable
from applications.forms.event import EventForm, LogForm, PastStageForm
from applications.models import Application, Event
from applications.queries.stage import after_words
from applications.queries.suggesting import suggest
from applications.queries.timeline import entry
from applications.views.page import own, show
from applications.views.roles import person
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell, undo_url
from tracker.lib import clock
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, is_htmx, sent

USE = "use"


@require_POST
def log(request: HttpRequest, public_id: str) -> HttpResponse:
    """Log what happened; htmx gets the entry and an empty line, everybody else the page."""
    application, form = own(request, public_id), LogForm(request.POST)
    if form.is_valid() and _has_suggestion(request, application, form):
        return _not_logged(request, application, form, status=CONFLICT)
    event, change = _logged(request, application, form) if form.is_valid() else (None, None)
    if event is None or change is None:
        return _not_logged(request, application, form)
    if not is_htmx(request):
        return _told(request, application, change)
    if form.cleaned_data["suggested"] == USE:
        tell(request, change.text, undo=change.undo)
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    line = entry(event, today=clock.today(person(request)))
    context = {"application": application, "entry": line, "log": LogForm.again()}
    context |= {"text": change.text, "undo_url": undo_url(change.undo)}
    return render(request, "applications/logged.html", context)


def _has_suggestion(request: HttpRequest, application: Application, form: LogForm) -> bool:
    """Say whether the text reads like a step that nobody has answered yet; the form then shows it."""
    said = form.cleaned_data
    if not said["suggested"]:
        today = clock.today(person(request))
        form.suggestion = suggest(application, kind=said["kind"], text=said["text"], on=today)
    return form.suggestion is not None


def _logged(request: HttpRequest, application: Application, form: LogForm) -> tuple[Event | None, Change]:
    user, at, said = person(request), clock.now(), form.cleaned_data
    facts: dict[str, Any] = {"application": application, "by": user, "at": at, "on": said["on"] or clock.today(user)}
    facts |= {name: said[name] for name in ("kind", "text", "is_shared")}
    with or_gone(), undoable(student=user, text="Logged.", at=at, applications=[application]) as change:
        if said["suggested"] == USE:
            event = form.act(log_step, **facts, entered=said["entered"])
            change.text = after_words("Logged.", application)
        else:
            event = form.act(log_event, **facts)
    return event, change


def _not_logged(
    request: HttpRequest, application: Application, form: LogForm, status: int = UNPROCESSABLE
) -> HttpResponse:
    if not is_htmx(request):
        return show(request, application, form, status=status)
    context = {"application": application, "log": form}
    response = render(request, "applications/_composer.html", context, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#composer", "outerHTML"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def add_earlier(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put in a stage that it was in before, with its day."""
    application, form = own(request, public_id), PastStageForm(sent(request))
    if form.is_valid():
        change = _put_in(request, application, form)
        if not form.errors:
            return _told(request, application, change)
    context = {"form": form, "application": application, "back": _timeline_of(application)}
    return render(request, "applications/event_add.html", context, status=form.status)


def _put_in(request: HttpRequest, application: Application, form: PastStageForm) -> Change:
    user, at = person(request), clock.now()
    with or_gone(), undoable(student=user, text="Added.", at=at, applications=[application]) as change:
        form.act(add_stage, application=application, by=user, at=at, **form.cleaned_data)
        change.text = after_words("Added.", application)
    return change


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the day or the words of an entry, or the stage that it names."""
    event = _own(request, public_id)
    heading = entry(event, today=clock.today(person(request))).title
    form, application = EventForm(sent(request), instance=event), event.application
    try:
        if form.is_valid():
            change = _corrected(request, form, event)
            if not form.errors:
                return _told(request, application, change)
    except StaleError:
        form = EventForm(request.POST, instance=_own(request, public_id))
        return overtaken(request, form, back=_timeline_of(application), what="This entry")
    context = {"form": form, "event": event, "application": application, "heading": heading}
    return _form(request, context, status=form.status)


def _corrected(request: HttpRequest, form: EventForm, event: Event) -> Change:
    by, at = person(request), clock.now()
    with undoable(student=by, text="Saved.", at=at, applications=[event.application]) as change:
        form.act(edit_event, event=event, seen=form.was_seen(), by=by, at=at, **form.details())
        change.text = after_words("Saved.", event.application)
    return change


def _form(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    context["back"] = _timeline_of(context["application"])
    return render(request, "applications/event_form.html", context, status=status)


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an entry out at once, and offer it back; the stage follows from those that are left."""
    event, user, at = _own(request, public_id), person(request), clock.now()
    application, line = event.application, entry(event, today=clock.today(user))
    try:
        with undoable(student=user, text="Deleted.", at=at, applications=[application]) as change:
            delete_event(event=event, by=user, at=at)
            change.text = after_words(f"Deleted: {line.title}, {line.when}.", application)
    except StaleError:
        raise Http404 from None
    except DomainError as error:
        context: dict[str, Any] = {"form": EventForm(instance=event), "event": event, "application": application}
        context |= {"heading": line.title, "trouble": error.sentence, "refused": True}
        return _form(request, context, status=UNPROCESSABLE)
    return _told(request, application, change)


def _told(request: HttpRequest, application: Application, change: Change) -> HttpResponse:
    tell(request, change.text, undo=change.undo)
    return redirect(_timeline_of(application))


def _own(request: HttpRequest, public_id: str) -> Event:
    """Return an entry of one of the person's applications; what is not shown, an edit, is not found either."""
    shown = Event.objects.visible_to(person(request)).exclude(kind=Event.Kind.EDIT)
    return get_object_or_404(shown.select_related("application__company"), public_id=public_id)


def _timeline_of(application: Application) -> str:
    return f"{reverse('applications:detail', args=[application.public_id])}#timeline"
