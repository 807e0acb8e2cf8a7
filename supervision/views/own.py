"""Pages on which students decide who sees what, and read who looked."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from applications.models import Application, Offer
from supervision import actions
from supervision.forms import ExceptionForm, InvitationForm, LevelForm
from supervision.level import SCOPES
from supervision.models import SharingException, Supervision, SupervisionQuerySet
from supervision.queries.sharing import looks_of, sharing_page
from supervision.queries.student import shared_applications
from supervision.views.roles import person, sharer
from supervision.views.shown import application_shown, student_shown
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, refused, see, sent


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """Show a student who sees what."""
    return render(request, "supervision/sharing.html", _sharing(sharer(request)))


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a supervisor by e-mail."""
    student, form = sharer(request), InvitationForm(request.POST)
    if form.is_valid():
        try:
            invited = actions.invite(student=student, email=form.cleaned_data["email"], at=clock.now())
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, f"Invited. A mail goes to {invited.email}. Nothing is shared yet.")
            return see(request, "supervision:sharing")
    return refused(request, "supervision/sharing.html", _sharing(student, form))


@require_POST
def level(request: HttpRequest, public_id: str) -> HttpResponse:
    """Share more or less with one supervisor."""
    student = person(request)
    supervision = get_object_or_404(_own(student), public_id=public_id)
    form = LevelForm(request.POST, auto_id=f"{public_id}-%s")
    if form.is_valid():
        chosen = form.cleaned_data["level"]
        try:
            actions.change_level(supervision=supervision, level=chosen, by=student, at=clock.now())
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, f"Saved. You share {SCOPES[chosen].label.lower()} with {supervision.supervisor}.")
            return see(request, "supervision:sharing")
    return refused(request, "supervision/sharing.html", _sharing(student) | {"level_form": form})


@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End sharing, or withdraw an invitation."""
    student = person(request)
    supervision = get_object_or_404(_own(student), public_id=public_id)
    actions.end(supervision=supervision, by=student, at=clock.now())
    who = supervision.supervisor
    messages.success(request, f"Ended. {who} sees nothing from now on." if who else "Withdrawn. The link is dead.")
    return see(request, "supervision:sharing")


@require_http_methods(["GET", "HEAD", "POST"])
def exceptions(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hide one application from supervisors, or show one of them the pay of its offer."""
    student = person(request)
    application = get_object_or_404(Application.objects.visible_to(student), public_id=public_id)
    has_pay = Offer.objects.filter(application=application, pay__isnull=False).exists()
    kept = Prefetch("exceptions", SharingException.objects.filter(application=application))
    accepted = _own(student).accepted().prefetch_related(kept).order_by("accepted_at", "pk")
    forms = [ExceptionForm(sent(request), supervision=one, has_pay=has_pay) for one in accepted]
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if all(form.is_valid() for form in forms):
            try:
                with transaction.atomic():
                    for form in forms:
                        actions.set_exception(
                            supervision=form.supervision,
                            application=application,
                            by=student,
                            at=clock.now(),
                            **form.said,
                        )
            except DomainError as error:
                forms[0].add_error(None, error.sentence)
                status = CONFLICT
            else:
                messages.success(request, "Saved. It counts from now on.")
                return see(request, "applications:detail", public_id=public_id)
    wrong = next((form for form in forms if form.errors), None)
    shown = {"application": application, "forms": forms, "wrong": wrong}
    return render(request, "supervision/exceptions.html", shown, status=status)


@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the student's own page as one supervisor sees it: the same template, from the same queries."""
    student = person(request)
    supervision = get_object_or_404(_own(student).accepted().select_related("student"), public_id=public_id)
    if not supervision.scope.counts:
        return render(request, "supervision/preview_nothing.html", {"supervision": supervision})
    shown = student_shown(supervision, on=clock.today(student), preview=True)
    return render(request, "supervision/student.html", shown)


@require_safe
def preview_application(request: HttpRequest, public_id: str, application: str) -> HttpResponse:
    """Show one application as one supervisor sees it; what is hidden from them is not there."""
    own = _own(person(request)).accepted().select_related("student")
    supervision = get_object_or_404(own, public_id=public_id)
    found = get_object_or_404(shared_applications(supervision), public_id=application)
    shown = application_shown(supervision, found, preview=True)
    return render(request, "supervision/application.html", shown)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """List who looked at what, and when, the newest first."""
    return render(request, "supervision/log.html", {"looks": looks_of(sharer(request))})


def _own(student: User) -> SupervisionQuerySet:
    return Supervision.objects.visible_to(student).filter(student=student).select_related("supervisor")


def _sharing(student: User, form: InvitationForm | None = None) -> dict[str, object]:
    page = sharing_page(student, at=clock.now(), changes=settings.WAYMARK_TABLE_PAGE)
    return {"page": page, "form": form or InvitationForm()}
