"""Requests: a student asks, a supervisor answers in the app, and whoever was asked by mail answers by its link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from applications.queries.approvals import facts_of, record_of
from supervision import actions
from supervision.asking import FELLOW, WORDINGS
from supervision.forms import AnswerForm, RequestForm
from supervision.models import Request
from supervision.queries.asking import own_requests, queue, request_page
from supervision.views.roles import person, sharer, supervisor
from tracker.lib import clock
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, see, sent
from tracker.lib.ids import read_public_id

_ALL = ("student", "supervision__supervisor", "application__company", "answered_by")


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """List what a student asked for."""
    student = sharer(request)
    return render(request, "supervision/requests.html", {"lines": own_requests(student, on=clock.today(student))})


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """List what is asked of a supervisor, by the day it is needed."""
    reader = supervisor(request)
    return render(request, "supervision/asked.html", {"lines": queue(reader, on=clock.today(reader))})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for something; the address may say what for, of whom and about which application."""
    student = sharer(request)
    form = RequestForm(sent(request), student=student, initial=_proposed(request))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid() and (made := _made(student, form)):
            messages.success(request, f"Asked. A mail goes to {form.who}.")
            return redirect("supervision:request", public_id=made.public_id)
    return render(request, "supervision/request_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one request to either side; the side that is asked answers here."""
    reader = person(request)
    found = get_object_or_404(Request.objects.visible_to(reader).select_related(*_ALL), public_id=public_id)
    is_own = found.student_id == reader.pk
    if is_own and request.method == "POST":
        raise Http404
    if not is_own and found.standing == "withdrawn":
        raise Http404
    return _answering(request, found, by=reader)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a request back."""
    student = person(request)
    found = get_object_or_404(Request.objects.visible_to(student).filter(student=student), public_id=public_id)
    taken_back = actions.withdraw(request=found, by=student, at=clock.now())
    messages.success(request, "Taken back." if taken_back else "It was answered already.")
    return see(request, "supervision:requests")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show a request to whoever has the link of its mail, and take their answer on POST, without an account."""
    found = get_object_or_404(Request.objects.open_to(token, clock.now().date()).select_related(*_ALL))
    reader = request.user if request.user.is_authenticated else None
    if reader is not None and reader.pk == found.student_id:
        return redirect("supervision:request", public_id=found.public_id)  # nobody answers themselves
    asked_of = found.supervision.supervisor if found.supervision else None
    return _answering(request, found, by=reader if reader == asked_of else None)


def _answering(request: HttpRequest, found: Request, *, by: User | None) -> HttpResponse:
    """Show one request, with the answers it can be given by whoever is asked; keep the one that is sent."""
    is_own, status = by is not None and by.pk == found.student_id, 200
    form = None if is_own or not found.is_waiting else AnswerForm(sent(request), asked=found)
    if form is not None and request.method == "POST":
        try:
            if form.is_valid():
                return _answered(request, found, form, by=by)
            status = UNPROCESSABLE
        except StaleError as error:
            form.add_error(None, error.sentence)
            status = CONFLICT
    page = request_page(found, reader=by, on=clock.today(by) if by else clock.now().date())
    shown = {"page": page, "asked": found, "form": form, "is_own": is_own, "by": by}
    return render(request, "supervision/request.html", shown, status=status)


def _answered(request: HttpRequest, found: Request, form: AnswerForm, *, by: User | None) -> HttpResponse:
    now = clock.now()
    said = {"standing": form.cleaned_data["standing"], "text": form.cleaned_data["text"]}
    kept = actions.answer(request=found, **said, by=by, at=now, on=clock.today(by) if by else now.date())
    if by is None:
        return render(request, "supervision/answered.html", {"asked": kept})
    messages.success(request, f"Saved. {found.student} is told.")
    return see(request, "supervision:asked")


def _made(student: User, form: RequestForm) -> Request | None:
    application = form.cleaned_data["application"]
    facts = []
    if application is not None:
        facts = facts_of(application, record_of(application))
    try:
        return actions.ask(
            student=student,
            supervision=form.supervision,
            email=form.cleaned_data["email"],
            wish=form.wish(facts),
            at=clock.now(),
            on=clock.today(student),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return None


def _proposed(request: HttpRequest) -> dict[str, str]:
    """Return what the address proposes; what it cannot propose is left out."""
    kind, what = request.GET.get("kind", ""), request.GET.get("what", "").replace("\0", "")[:200]
    chosen = {name: read_public_id(request.GET.get(name, "")) for name in ("application", "to")}
    if (whom := request.GET.get("to", "")).startswith(FELLOW):
        chosen["to"] = FELLOW + read_public_id(whom.removeprefix(FELLOW))
    proposed = {"kind": kind if kind in WORDINGS else "", "what": what, **chosen}
    return {name: value for name, value in proposed.items() if value}
