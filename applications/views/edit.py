"""The form of one application, whole on a page of its own, or a section of it in its place."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.editing import edit_application, finish_next_step
from applications.actions.undoing import undoable
from applications.forms.edit import SECTIONS, ApplicationForm, Section
from applications.models import Application, Undo
from applications.queries.page import application_page
from applications.queries.timeline import entry
from applications.views.page import own, section_template
from applications.views.parts import in_place
from applications.views.roles import person
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell, undo_url
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import is_htmx, sent


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Edit everything but the stage."""
    application, back = own(request, public_id), reverse("applications:detail", args=[public_id])
    title, form = application.title, ApplicationForm(sent(request), instance=application)
    try:
        if form.is_valid():
            undo = _saved(request, form, None)
            if not form.errors:
                tell(request, "Saved.", undo=undo)
                return redirect(back)
    except StaleError:
        form = ApplicationForm(request.POST, instance=own(request, public_id))
        return overtaken(request, form, back=back, what="This application")
    context = {"form": form, "application": application, "title": title, "back": back}
    return render(request, "applications/edit.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Edit one section; htmx gets it in its place, and everybody else a page."""
    application, part = own(request, public_id), SECTIONS.get(name)
    if part is None:
        raise Http404
    title, back = application.title, f"{reverse('applications:detail', args=[public_id])}#{name}"
    form = _form(request, application, name, part)
    try:
        if form.is_valid():
            undo = _saved(request, form, part)
            if not form.errors:
                return _section_saved(request, public_id, name, undo)
    except StaleError:
        form = _form(request, own(request, public_id), name, part)
        return overtaken(request, form, back=back, what="This")
    context = {"form": form, "application": application, "name": name, "section": part, "title": title, "back": back}
    return in_place(request, "applications/edit_section.html", context, status=form.status)


@require_POST
def next_done(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tick the next step off."""
    application, user, at = own(request, public_id), person(request), clock.now()
    text, done = "Done. It is in the timeline.", _name(application, "next step done")
    with or_gone(), undoable(student=user, text=done, at=at, applications=[application]) as change:
        event = finish_next_step(application=application, by=user, at=at)
    if not is_htmx(request):
        tell(request, text, undo=change.undo)
        return redirect("applications:detail", public_id=public_id)
    more = {"entry": entry(event, today=clock.today(user))} if event else {}
    return _answer(request, public_id, "next", undo=change.undo, text=text, **more)


def _form(request: HttpRequest, application: Application, name: str, part: Section) -> ApplicationForm:
    return ApplicationForm(sent(request), instance=application, section=part, auto_id=f"id_{name}_%s")


def _saved(request: HttpRequest, form: ApplicationForm, part: Section | None) -> Undo | None:
    """Save what was typed; of a section only what the person changed, so that two tabs with two sections get along."""
    application, by, at = form.instance, person(request), clock.now()
    details, seen = form.touched() if part else (form.details(), None)
    facts = {"application": application, "version": form.seen_version(), "details": details, "seen": seen}
    text = _name(application, f"{part.title.lower()} saved" if part else "saved")
    with undoable(student=by, text=text, at=at, applications=[application]) as change:
        form.act(edit_application, **facts, by=by, at=at)
    return change.undo


def _name(application: Application, what: str) -> str:
    return f"{application.company.name}: {what}."


def _section_saved(request: HttpRequest, public_id: str, name: str, undo: Undo | None) -> HttpResponse:
    text = "Saved." if undo else "Saved. Nothing was different."
    if is_htmx(request):
        return _answer(request, public_id, name, undo=undo, text=text)
    tell(request, text, undo=undo)
    return redirect(f"{reverse('applications:detail', args=[public_id])}#{name}")


def _answer(
    request: HttpRequest, public_id: str, name: str, *, undo: Undo | None, text: str, **more: object
) -> HttpResponse:
    """Show a section as it is now, with the head of the page, which tells some of the same."""
    application = own(request, public_id)
    page = application_page(application, user=person(request), at=clock.now())
    context = {"application": application, "page": page, "template": section_template(name)}
    context |= {"text": text, "undo_url": undo_url(undo), **more}
    return render(request, "applications/section_saved.html", context)
