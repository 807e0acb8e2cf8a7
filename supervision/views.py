"""Pages of sharing: what a student shares, and what supervisors see of it."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from supervision import actions
from supervision.forms import InvitationForm, LevelForm
from supervision.level import SCOPES
from supervision.models import Supervision, SupervisionQuerySet
from supervision.policies import may_share, may_supervise
from supervision.queries.sharing import sharing_page
from supervision.queries.student import shared_application, shared_applications, shared_student
from supervision.queries.students import student_page, year_words
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import is_htmx, refused, see
from tracker.lib.ids import read_public_id


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """Show a student who sees what."""
    return render(request, "supervision/sharing.html", _sharing(_student(request)))


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a supervisor by e-mail."""
    student, form = _student(request), InvitationForm(request.POST)
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
    student = _person(request)
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
    student = _person(request)
    supervision = get_object_or_404(_own(student), public_id=public_id)
    actions.end(supervision=supervision, by=student, at=clock.now())
    who = supervision.supervisor
    messages.success(request, f"Ended. {who} sees nothing from now on." if who else "Withdrawn. The link is dead.")
    return see(request, "supervision:sharing")


@require_safe
def students(request: HttpRequest) -> HttpResponse:
    """List the students who share something with this supervisor."""
    user, after = _person(request), read_public_id(request.GET.get("after", ""))
    if not may_supervise(user):
        raise PermissionDenied
    page = student_page(user, at=clock.now(), on=clock.today(user), after=after, size=settings.WAYMARK_TABLE_PAGE)
    template = "supervision/students.html" + ("#rows" if is_htmx(request) and after else "")
    return render(request, template, {"page": page, "next_url": f"?after={page.after}"})


@require_safe
def student(request: HttpRequest, student: str) -> HttpResponse:
    """Show one student as far as shared."""
    supervision, on = _shared(request, student), clock.today(_person(request))
    shown = {
        "supervision": supervision,
        "student": supervision.student,
        "year": year_words(supervision.student.phd_year(on)),
        "view": shared_student(supervision, on=on),
    }
    return render(request, "supervision/student.html", shown)


@require_safe
def application(request: HttpRequest, student: str, public_id: str) -> HttpResponse:
    """Show one application as far as shared."""
    supervision = _shared(request, student)
    found = get_object_or_404(shared_applications(supervision), public_id=public_id)
    shown = {"student": supervision.student, "view": shared_application(supervision, found)}
    return render(request, "supervision/application.html", {"supervision": supervision, **shown})


@require_POST
def leave(request: HttpRequest, student: str) -> HttpResponse:
    """Stop supervising a student here."""
    supervision = _shared(request, student)
    actions.end(supervision=supervision, by=_person(request), at=clock.now())
    messages.success(request, f"Done. You no longer see what {supervision.student} shares.")
    return see(request, "supervision:students")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites; accept on POST, signed in."""
    found = Supervision.objects.open_to(token, clock.now()).select_related("student")
    shown: dict[str, object] = {"supervision": get_object_or_404(found), "scopes": SCOPES.values()}
    if request.method != "POST":
        return render(request, "supervision/invitation.html", shown)
    if not request.user.is_authenticated:
        return see(request, "supervision:invitation", token=token)
    return _accept(request, shown)


def _accept(request: HttpRequest, shown: dict[str, object]) -> HttpResponse:
    supervision = cast("Supervision", shown["supervision"])
    try:
        actions.accept(supervision=supervision, by=cast("User", request.user), at=clock.now())
    except DomainError as error:
        return refused(request, "supervision/invitation.html", shown | {"refusal": error.sentence})
    messages.success(request, f"Accepted. {supervision.student} now decides what you see.")
    return see(request, "supervision:students")


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _student(request: HttpRequest) -> User:
    if not may_share(_person(request)):
        raise PermissionDenied
    return _person(request)


def _own(student: User) -> SupervisionQuerySet:
    return Supervision.objects.visible_to(student).filter(student=student).select_related("supervisor")


def _shared(request: HttpRequest, student: str) -> Supervision:
    """Return the road to one student's facts; 404 from the request after sharing ended."""
    shared = Supervision.objects.shared_with(_person(request)).select_related("student")
    return get_object_or_404(shared, student__public_id=student)


def _sharing(student: User, form: InvitationForm | None = None) -> dict[str, object]:
    page = sharing_page(student, at=clock.now(), changes=settings.WAYMARK_TABLE_PAGE)
    return {"page": page, "scopes": SCOPES.values(), "form": form or InvitationForm()}
