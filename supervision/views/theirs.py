"""Pages of supervisors: their students, each as far as shared. Who looked is written down."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from supervision import actions
from supervision.forms import CommentForm
from supervision.level import SCOPES
from supervision.models import Look, Supervision
from supervision.queries.student import shared_applications
from supervision.queries.students import Show, asked_of, student_page
from supervision.views.roles import person, supervisor
from supervision.views.shown import application_shown, student_shown
from supervision.views.talking import said
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import is_htmx, refused, see
from tracker.lib.ids import read_public_id


@require_safe
def students(request: HttpRequest) -> HttpResponse:
    """List the students who share something with this supervisor."""
    user, after, at = supervisor(request), read_public_id(request.GET.get("after", "")), clock.now()
    wished = request.GET.get("show", "")
    show = Show(wished) if wished in set(Show) else Show.ALL
    on, size = clock.today(user), settings.WAYMARK_TABLE_PAGE
    asked = asked_of(user)
    page = student_page(user, asked, at=at, on=on, after=after, size=size, show=show)
    actions.log_looks(supervisions=[row.supervision for row in page.rows], page=Look.Page.STUDENTS, at=at)
    template = "supervision/students.html" + ("#rows" if is_htmx(request) and after else "")
    shown = {
        "page": page,
        "show": show,
        "next_url": f"?show={show}&after={page.after}",
        "waiting": sum(map(len, asked.values())),
    }
    return render(request, template, shown)


@require_safe
def student(request: HttpRequest, student: str) -> HttpResponse:
    """Show one student as far as shared."""
    with transaction.atomic():
        supervision = _shared(request, student)
        shown = student_shown(supervision, on=clock.today(person(request)))
        actions.log_looks(supervisions=[supervision], page=Look.Page.STUDENT, at=clock.now())
    return render(request, "supervision/student.html", shown)


@require_safe
def application(request: HttpRequest, student: str, public_id: str) -> HttpResponse:
    """Show one application as far as shared."""
    with transaction.atomic():
        supervision = _shared(request, student)
        found = get_object_or_404(shared_applications(supervision), public_id=public_id)
        shown = application_shown(supervision, found)
        at = clock.now()
        actions.log_looks(supervisions=[supervision], page=Look.Page.APPLICATION, application=found, at=at)
    return render(request, "supervision/application.html", shown)


@require_POST
def comment(request: HttpRequest, student: str, public_id: str) -> HttpResponse:
    """Say something about one application to its student."""
    form = CommentForm(request.POST)
    with transaction.atomic():
        supervision = _shared(request, student)
        found = get_object_or_404(shared_applications(supervision), public_id=public_id)
        if form.is_valid() and said(form, supervision, found, by=person(request)):
            messages.success(request, f"Said. {supervision.student} is told.")
            return see(request, "supervision:application", student=student, public_id=public_id)
        return refused(request, "supervision/application.html", application_shown(supervision, found, form=form))


@require_POST
def leave(request: HttpRequest, student: str) -> HttpResponse:
    """Stop supervising a student here."""
    shared = Supervision.objects.shared_with(person(request)).select_related("student")
    supervision = get_object_or_404(shared, student__public_id=student)
    actions.end(supervision=supervision, by=person(request), at=clock.now())
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


def _shared(request: HttpRequest, student: str) -> Supervision:
    """Return the road to one student's facts; 404 from the request after sharing ended.

    Its row is held until all is read: who ends sharing waits for that, and what is read after that is nothing.
    """
    shared = Supervision.objects.shared_with(person(request)).select_related("student", "supervisor")
    return get_object_or_404(shared.select_for_update(of=("self",), no_key=True), student__public_id=student)
