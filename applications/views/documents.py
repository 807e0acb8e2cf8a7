"""Documents: the list, a new one, one with its versions, another name, the end of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions.filing import add_document, add_version, attach, delete_document, rename_document
from applications.actions.undoing import undoable
from applications.forms.document import DocumentForm, RenameForm, VersionForm
from applications.models import Application, Document, DocumentVersion
from applications.queries.documents import documents_by_kind, room_of, versions_of
from applications.queries.own import own_applications
from applications.views.roles import person, students_only
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import sent
from tracker.lib.ids import read_public_id


@require_safe
@students_only
def documents(request: HttpRequest) -> HttpResponse:
    """List them by kind, each with where it went."""
    user = person(request)
    context = {"kinds": documents_by_kind(user, on=clock.today(user)), "room": room_of(user)}
    return render(request, "applications/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def add(request: HttpRequest) -> HttpResponse:
    """Upload a new document; `application` says with which application it goes."""
    application = _application(request)
    form = DocumentForm(sent(request), request.FILES or None)
    if form.is_valid():
        version = _added(request, form, application)
        if version:
            text = f"{version.document.name} is saved."
            tell(request, f"{text[:-1]} and goes with this application." if application else text)
            return redirect(page_of(application) if application else document_url(version.document))
    back = page_of(application) if application else reverse("applications:documents")
    context = {"form": form, "application": application, "back": back}
    return render(request, "applications/document_add.html", context, status=form.status)


def _added(request: HttpRequest, form: DocumentForm, application: Application | None) -> DocumentVersion | None:
    user, at = person(request), clock.now()
    facts = {name: form.cleaned_data[name] for name in ("kind", "note")}
    version = form.act(add_document, student=user, name=form.called(), upload=form.upload(), at=at, **facts)
    if version and application:
        on = application.applied_on or clock.today(user)
        with or_gone():
            attach(application=application, version=version, on=on, by=user, at=at)
    return version


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show which version went where, and take the next one."""
    return _show(request, own(request, public_id), VersionForm())


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the next version; whoever comes back to this address after a refusal finds the document."""
    document, form = own(request, public_id), VersionForm(sent(request), request.FILES or None)
    if form.is_valid():
        note, by, at = form.cleaned_data["note"], person(request), clock.now()
        version = form.act(add_version, document=document, upload=form.upload(), note=note, by=by, at=at)
        if version:
            tell(request, f"{document.name}, version {version.number}, is saved.")
            return redirect(document_url(document))
    return _show(request, document, form)


def _show(request: HttpRequest, document: Document, form: VersionForm) -> HttpResponse:
    user = person(request)
    lines = versions_of(document, user=user, on=clock.today(user))
    context = {"document": document, "versions": lines, "form": form}
    return render(request, "applications/document.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give it another name or kind."""
    document, user = own(request, public_id), person(request)
    back, form = document_url(document), RenameForm(sent(request), instance=document)
    try:
        if form.is_valid():
            details = {**form.details(), "seen": form.seen()}
            with undoable(student=user, text="The document has another name.", at=clock.now(), desk=True) as change:
                renamed = form.act(rename_document, document=document, by=user, **details)
            if renamed:
                tell(request, change.text, undo=change.undo)
                return redirect(back)
    except StaleError:
        form = RenameForm(request.POST, instance=own(request, public_id))
        return overtaken(request, form, back=back, what="This document")
    context = {"form": form, "document": document, "back": back}
    return render(request, "applications/document_edit.html", context, status=form.status)


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete it with its versions; that can be taken back."""
    document, user = own(request, public_id), person(request)
    went_with = Application.objects.visible_to(user).filter(sent_documents__version__document=document).distinct()
    text = f"{document.name} is deleted."
    with undoable(student=user, text=text, at=clock.now(), applications=went_with, desk=True) as change:
        delete_document(document=document, by=user)
    tell(request, text, undo=change.undo)
    return redirect("applications:documents")


def own(request: HttpRequest, public_id: str) -> Document:
    """Return one of the person's documents; 404 for any other."""
    return get_object_or_404(Document.objects.visible_to(person(request)), public_id=public_id)


def document_url(document: Document) -> str:
    """Return the address of a document's page."""
    return reverse("applications:document", args=[document.public_id])


def _application(request: HttpRequest) -> Application | None:
    """Return the application that an upload goes with, if it names one; 404 when it is not the person's."""
    named = request.POST.get("application") or request.GET.get("application")
    if not named:
        return None
    found = own_applications(person(request)).filter(public_id=read_public_id(named)).first()
    if found is None:
        raise Http404
    return found


def page_of(application: Application) -> str:
    """Return the address of an application's documents."""
    return f"{reverse('applications:detail', args=[application.public_id])}#documents"
