"""One version of a document: its file, its end, and the application it went with."""

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions.filing import attach, delete_version, take_off
from applications.actions.keeping import content_of
from applications.actions.undoing import undoable
from applications.files import KINDS
from applications.forms.document import AttachForm
from applications.models import Application, DocumentVersion, SentDocument
from applications.queries.documents import documents_of
from applications.views.documents import document_url, page_of
from applications.views.page import own as own_application
from applications.views.roles import person
from applications.views.stale import or_gone
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.http import local_path, sent

log = structlog.get_logger(__name__)

_SERVED_AS = {kind.media_type for kind in KINDS.values()}
_UNKNOWN = "application/octet-stream"
_NOTHING_RUNS = "sandbox; default-src 'none'"


@require_safe
def download(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand a file to whoever uploaded it: to keep, never to show here, and as nothing but what it was found to be."""
    version = _own(request, public_id)
    content = content_of(version)
    if content is None:
        log.error("the file of a version is missing", version=version.pk)
        raise Http404
    media_type = version.media_type if version.media_type in _SERVED_AS else _UNKNOWN
    disposition = content_disposition_header(as_attachment=True, filename=version.file_name)
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": str(disposition),
            "Content-Security-Policy": _NOTHING_RUNS,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete one version; that can be taken back."""
    version, user = _own(request, public_id), person(request)
    went_with = Application.objects.visible_to(user).filter(sent_documents__version=version).distinct()
    text = f"{version.document.name}, version {version.number}, is deleted."
    with undoable(student=user, text=text, at=clock.now(), applications=went_with, desk=True) as change:
        delete_version(version=version, by=user)
    tell(request, text, undo=change.undo)
    return redirect(document_url(version.document))


@require_http_methods(["GET", "HEAD", "POST"])
def attach_to(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note which version went with an application, and on which day: when it was sent, or today."""
    application, user = own_application(request, public_id), person(request)
    day = application.applied_on or clock.today(user)
    choices = documents_of(application).choices
    going = SentDocument.objects.visible_to(user).filter(application=application).values_list("version__public_id")
    again = [(key, key) for (key,) in going] if request.method == "POST" else []  # the second click of a double click
    form = AttachForm(
        sent(request), choices=[*choices, *again], initial={"version": request.GET.get("version"), "on": day}
    )
    if form.is_valid():
        mine = DocumentVersion.objects.visible_to(user).select_related("document")
        version = get_object_or_404(mine, public_id=form.cleaned_data["version"])
        text = f"{version.document.name}, version {version.number}, goes with {application.company.name}."
        with or_gone(), undoable(student=user, text=text, at=clock.now(), applications=[application]) as change:
            on = form.cleaned_data["on"] or day
            attach(application=application, version=version, on=on, by=user, at=clock.now())
        tell(request, text, undo=change.undo)
        return redirect(page_of(application))
    context = {"form": form, "application": application, "back": page_of(application), "any": bool(choices)}
    return render(request, "applications/document_attach.html", context, status=form.status)


@require_POST
def take_off_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a version off an application."""
    user = person(request)
    mine = SentDocument.objects.visible_to(user).select_related("version__document", "application__company")
    going = get_object_or_404(mine, public_id=public_id)
    text = f"{going.version.document.name} is taken off {going.application.company.name}."
    with or_gone(), undoable(student=user, text=text, at=clock.now(), applications=[going.application]) as change:
        take_off(going=going, by=user, at=clock.now())
    tell(request, text, undo=change.undo)
    return redirect(local_path(request, default=page_of(going.application)))


def _own(request: HttpRequest, public_id: str) -> DocumentVersion:
    mine = DocumentVersion.objects.visible_to(person(request)).select_related("document")
    return get_object_or_404(mine, public_id=public_id)
