"""Quick add: a page, and the same form in the dialog of any page."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.adding import add_application
from applications.actions.undoing import Change, undoable
from applications.forms.add import AddForm, FullAddForm, ReadAddForm
from applications.models import Application
from applications.queries.add import Lookup, is_first, look_up, teams_of, untold
from applications.reading import link
from applications.reading.shared import Shared, read_shared
from applications.stage import ACTIVE
from applications.views.board import columns_of, page_under
from applications.views.moved import application_url
from applications.views.parts import QUIETLY, answer
from applications.views.roles import person, students_only
from applications.views.told import tell, undo_url
from tracker.lib import clock
from tracker.lib.http import CONFLICT, UNPROCESSABLE, is_htmx

CREATED = 201


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def add(request: HttpRequest) -> HttpResponse:
    """Ask for three facts, or for all; what speaks against adding is pointed out once, then it is added as well."""
    if request.method != "POST":
        return _brought(request)
    if "more" in request.POST:
        return _form(request, FullAddForm(initial={**request.POST.dict(), "request_key": uuid.uuid4()}))
    form = _kind(request)(request.POST)
    if not form.is_valid():
        return _form(request, form, status=UNPROCESSABLE)
    if _untold(request, form):
        return _form(request, form, status=CONFLICT)
    application, change = _save(request, form)
    return _added(request, application, change) if application else _form(request, form, status=UNPROCESSABLE)


@require_POST
@students_only
def lookup(request: HttpRequest) -> HttpResponse:
    """Say what the text means, while it is typed."""
    text, role, stage = (request.POST.get(name, "") for name in ("company_or_link", "role", "stage"))
    found = _found(request, text, role, stage=stage)
    context: dict[str, object] = {"found": found, "typing": True}
    if "team_id" in request.POST:
        form = FullAddForm(initial={"team_id": request.POST["team_id"]})
        form.offer(teams_of(found))
        context["team"] = form["team_id"]
    return render(request, "applications/_lookup.html", context)


def _untold(request: HttpRequest, form: AddForm) -> bool:
    """Say whether the same role, or one on hold there, was not pointed out before."""
    text, role, stage, key = (form.cleaned_data[name] for name in ("company_or_link", "role", "stage", "request_key"))
    found = _found(request, text, role, stage=stage, besides=key)
    return untold(found, request.POST.getlist("warned"))


def _found(
    request: HttpRequest, text: str, role: str, *, stage: str, besides: uuid.UUID | None = None
) -> Lookup | None:
    student = person(request)
    return look_up(student, text, role, on=clock.today(student), stage=stage, besides=besides)


def _save(request: HttpRequest, form: AddForm) -> tuple[Application | None, Change]:
    student, at = person(request), clock.now()
    with undoable(student=student, text="", at=at) as change:
        facts = form.facts()
        application = form.act(add_application, **facts, student=student, at=at, on=clock.today(student))
        if application:
            change.adds(application, at=at)
            change.text = f"Added. {application.company.name} is in {application.look.label}."
    return application, change


def _kind(request: HttpRequest) -> type[AddForm]:
    if request.GET.get("more"):
        return FullAddForm
    return ReadAddForm if request.GET.get("read") else AddForm


def _brought(request: HttpRequest) -> HttpResponse:
    """Fill the form from what an Add button, bookmark, extension or share sheet brings; nothing is saved by that."""
    names = ("url", "title", "text", "job")
    shared = read_shared(**{name: request.GET.get(name, "") for name in names})
    stage, job = request.GET.get("stage", ""), shared.job
    facts = {
        "company_or_link": _with_company(request, shared),
        "role": shared.role,
        "posting_text": shared.text,
        "stage": stage if stage in ACTIVE else ACTIVE[0],
        "request_key": uuid.uuid4(),
        "place": job.place,
        "closes_on": job.closes_on,
    }
    kind = ReadAddForm if (job.place or job.closes_on) and not request.GET.get("more") else _kind(request)
    return _form(request, kind(initial=facts))


def _with_company(request: HttpRequest, shared: Shared) -> str:
    """Name the company behind the link as its page does, unless the link leads to one that we know."""
    line, company = shared.line, shared.job.company
    if not line or not company:
        return line or company
    if len(line.split()) > 1 or not link.is_link(line):
        return line
    found = _found(request, line, "", stage="")
    known = found is not None and not found.is_new and not found.is_guess
    return line if known else f"{line} {company}"


def _form(request: HttpRequest, form: AddForm, *, status: int = 200) -> HttpResponse:
    """Show the form with what is known of the text in it; a form that was not sent yet is filled from that."""
    typed = form.data if form.is_bound else form.initial
    text, role, stage = (str(typed.get(name) or "") for name in ("company_or_link", "role", "stage"))
    found = _found(request, text, role, stage=stage)
    if found and not form.is_bound:
        form.initial = {**found.facts, **{name: value for name, value in typed.items() if value}}
    if isinstance(form, FullAddForm):
        form.offer(teams_of(found))
    template = "applications/add.html#form" if is_htmx(request) else "applications/add.html"
    kept = request.method == "POST"
    context = {"form": form, "found": found, "kept": kept, "in_dialog": is_htmx(request), "again": status == CONFLICT}
    return render(request, template, context, status=status)


def _lies_on(path: str, application: Application) -> bool:
    """Say whether the page behind the dialog is to be loaded anew: a list, or the board at its first card."""
    lists = {reverse("applications:table"), reverse("applications:today")}
    return path in lists or (path == reverse("applications:board") and is_first(application))


def _added(request: HttpRequest, application: Application, change: Change) -> HttpResponse:
    text, url = change.text, application_url(application)
    another = "another" in request.POST
    if not is_htmx(request):
        tell(request, text, undo=change.undo, back=reverse("applications:board"), open_url=url)
        return redirect(f"{reverse('applications:add')}?stage={application.stage}" if another else url)
    if not another and _lies_on(page_under(request), application):
        tell(request, text, undo=change.undo, open_url=url)
        return HttpResponse(status=CREATED, headers={"HX-Refresh": "true"})
    context = {
        "text": text,
        "open_url": url,
        "undo_url": undo_url(change.undo),
        "board": None if is_first(application) else columns_of(request, application.stage),
    }
    if another:
        fresh = AddForm(initial={"stage": application.stage, "request_key": uuid.uuid4()})
        return render(
            request, "applications/_added.html", {**context, "form": fresh, "in_dialog": True}, status=CREATED
        )
    return answer(request, "applications/_added.html", context, status=CREATED, headers=QUIETLY)
