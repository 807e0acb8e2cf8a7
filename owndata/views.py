"""One's own data: take it along, bring it in, delete the account."""

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Archive
from applications.views.roles import person, students_only
from owndata.actions import leaving
from owndata.actions.asking import ask_for_export, bring_archive
from owndata.actions.reading import is_empty
from owndata.actions.running import progress_of
from owndata.forms import BringForm, LeaveForm
from owndata.queries.present import Present, present
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import see, sent
from tracker.lib.nudging import nudge

_TASK = "owndata.import"
_NO_MORE_POLLING = 286  # htmx ends its polling at this status


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show what can be taken along, what can be brought, and the way out."""
    return _page(request, BringForm())


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Ask for an archive."""
    try:
        ask_for_export(person=person(request), at=clock.now())
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        nudge(_TASK)
    return see(request, "owndata:data")


@require_POST
@students_only
def bring(request: HttpRequest) -> HttpResponse:
    """Take an archive to be read in."""
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        form.act(bring_archive, person=person(request), file=form.cleaned_data["file"], at=clock.now())
    if form.errors:
        return _page(request, form)
    nudge(_TASK)
    return see(request, "owndata:data")


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show how far it is: asked for by htmx until there is nothing to wait for."""
    now = present(person(request))
    return render(request, "owndata/data.html#state", _shown(now), status=200 if now.running else _NO_MORE_POLLING)


@require_safe
def download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Hand out an archive to whoever it is of."""
    archive = get_object_or_404(Archive.objects.visible_to(person(request)), public_id=public_id)
    if not archive.is_ready or archive.ended_at is None:
        raise Http404
    try:
        file = storages["default"].open(archive.stored_as)
    except FileNotFoundError:
        raise Http404 from None
    day = archive.ended_at.astimezone(person(request).tz).date()
    return FileResponse(
        file, as_attachment=True, filename=f"waymark-{day.isoformat()}.zip", content_type="application/zip"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and take the wish to have the account deleted."""
    user, form = person(request), LeaveForm(sent(request))
    if form.is_valid():
        form.act(leaving.ask_to_leave, person=user, email=form.cleaned_data["email"], at=clock.now())
        if not form.errors:
            return see(request, "owndata:data")
    shown = {"form": form, "days": settings.WAYMARK_LEAVING.days, "refused": bool(form.errors)}
    return render(request, "owndata/leave.html", shown, status=form.status)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the account after all."""
    leaving.stay(person=person(request))
    messages.success(request, "Your account stays. What you shared is not shared any more: share it anew if you like.")
    return see(request, "owndata:data")


def _page(request: HttpRequest, form: BringForm) -> HttpResponse:
    shown = {**_shown(present(person(request))), "form": form, "refused": bool(form.errors)}
    shown["is_empty"] = person(request).is_student and is_empty(person(request))
    return render(request, "owndata/data.html", shown, status=form.status)


def _shown(now: Present) -> dict[str, object]:
    return {"present": now, "progress": progress_of(now.running) if now.running else None}
