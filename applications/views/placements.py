"""A placement: its page, its facts, its log and what came of it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions.placements import (
    add_made,
    begin_placement,
    delete_line,
    edit_line,
    edit_placement,
    log_placement,
)
from applications.actions.undoing import undoable
from applications.forms.placement import EntryForm, MadeForm, PlacementForm
from applications.models import Application, Made, Placement, PlacementEntry
from applications.queries.offers import placement_url
from applications.queries.placements import placement_page
from applications.stage import Outcome
from applications.views.page import own
from applications.views.roles import person
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.http import see, sent
from tracker.lib.ids import read_public_id

Line = EntryForm | MadeForm


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a placement; an accepted offer has one, empty at first."""
    return _show(request, own(request, public_id), EntryForm(), MadeForm())


def _show(request: HttpRequest, application: Application, entry: EntryForm, made: MadeForm) -> HttpResponse:
    placement, on = _placement(request, application), clock.today(person(request))
    entry.initial.setdefault("on", on)
    form = made if made.errors else entry
    context = {
        "application": application,
        "placement": placement,
        "page": placement_page(placement, on=on, before=read_public_id(request.GET.get("before", ""))),
        "entry": entry,
        "made": made,
        "form": form,  # whose errors stand above the page
    }
    return render(request, "applications/placement.html", context, status=form.status)


def _placement(request: HttpRequest, application: Application) -> Placement:
    """Return the placement, or one that is not stored yet; 404 while nothing was accepted."""
    known = Placement.objects.visible_to(person(request)).filter(application=application).first()
    if known is None and application.outcome != Outcome.ACCEPTED:
        raise Http404
    return known or Placement(application=application, place=application.place, starts_on=application.starts_from)


def _stored(request: HttpRequest, application: Application) -> Placement:
    """Return the placement, stored by now; 404 when the acceptance, or all of it, was taken back in another tab."""
    placement = _placement(request, application)
    try:
        return placement if placement.pk else begin_placement(application=application, by=person(request))
    except DomainError:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change the facts."""
    application = own(request, public_id)
    back = placement_url(application)
    placement = _placement(request, application)
    form = PlacementForm(sent(request), instance=placement)
    try:
        if form.is_valid() and _saved(request, application, form):
            return redirect(back)
    except StaleError:
        form = PlacementForm(request.POST, instance=_placement(request, own(request, public_id)))
        return overtaken(request, form, back=back, what="This placement")
    context = {"form": form, "application": application, "back": back, "title": "Edit the placement"}
    return render(request, "applications/placement_form.html", context, status=form.status)


def _saved(request: HttpRequest, application: Application, form: PlacementForm) -> Placement | None:
    by, at, details, version = person(request), clock.now(), form.details(), form.seen_version()
    with undoable(student=by, text="Saved. The placement is up to date.", at=at, applications=[application]) as change:
        placement = _stored(request, application)
        saved = form.act(edit_placement, placement=placement, details=details, version=version, by=by, at=at)
    if saved:
        tell(request, change.text, undo=change.undo)
    return saved


@require_POST
@or_gone()
def log(request: HttpRequest, public_id: str) -> HttpResponse:
    """Log a meeting or an event."""
    application, form = own(request, public_id), EntryForm(request.POST)
    if form.is_valid() and _added(request, application, form, log_placement, **form.cleaned_data):
        return see(request, f"{placement_url(application)}#log")
    return _show(request, application, form, MadeForm())


@require_POST
@or_gone()
def made(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note what came of it."""
    application, form = own(request, public_id), MadeForm(request.POST)
    if form.is_valid() and _added(request, application, form, add_made, details=form.cleaned_data):
        return see(request, f"{placement_url(application)}#made")
    return _show(request, application, EntryForm(), form)


def _added(
    request: HttpRequest, application: Application, form: Line, action: Callable[..., object], **facts: object
) -> bool:
    by, at = person(request), clock.now()
    with undoable(student=by, text="Noted.", at=at, applications=[application]) as change:
        added = form.act(action, placement=_stored(request, application), by=by, **facts)
    if added:
        tell(request, change.text, undo=change.undo)
    return added is not None


@require_http_methods(["GET", "HEAD", "POST"])
@or_gone()
def edit_entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct an entry of the log."""
    return _edited(request, _own_line(request, PlacementEntry, public_id), EntryForm)


@require_http_methods(["GET", "HEAD", "POST"])
@or_gone()
def edit_made(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct what came of it."""
    return _edited(request, _own_line(request, Made, public_id), MadeForm)


@require_POST
def delete_entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an entry out of the log."""
    return _deleted(request, _own_line(request, PlacementEntry, public_id), EntryForm.part)


@require_POST
def delete_made(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take out what did not come of it."""
    return _deleted(request, _own_line(request, Made, public_id), MadeForm.part)


def _own_line[L: (PlacementEntry, Made)](request: HttpRequest, model: type[L], public_id: str) -> L:
    mine = model.objects.visible_to(person(request)).select_related("placement__application__company")
    return get_object_or_404(mine, public_id=public_id)


def _edited(request: HttpRequest, line: PlacementEntry | Made, kind: type[Line]) -> HttpResponse:
    application, user = line.placement.application, person(request)
    form = kind(sent(request), instance=line)
    if form.is_valid():
        with undoable(student=user, text="Saved.", at=clock.now(), applications=[application]) as change:
            saved = form.act(edit_line, line=line, details=form.cleaned_data, by=user)
        if saved:
            tell(request, change.text, undo=change.undo)
            return redirect(f"{placement_url(application)}#{kind.part}")
    context = {"form": form, "application": application, "back": placement_url(application), "title": kind.title}
    return render(request, "applications/placement_form.html", context, status=form.status)


def _deleted(request: HttpRequest, line: PlacementEntry | Made, part: str) -> HttpResponse:
    application, user = line.placement.application, person(request)
    with undoable(student=user, text="Deleted.", at=clock.now(), applications=[application]) as change:
        delete_line(line=line, by=user)
    tell(request, change.text, undo=change.undo)
    return see(request, f"{placement_url(application)}#{part}")
