"""Quick add: a page, and the same form in the dialog of any page."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.adding import add_application
from applications.actions.undoing import Change, undoable
from applications.forms.add import AddForm
from applications.models import Application
from applications.queries.add import look_up
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
    """Ask for three facts; a role that is tracked already is pointed out once, then added as well."""
    if request.method != "POST":
        return _form(request, AddForm(initial=_shared(request)))
    form, student = AddForm(request.POST), person(request)
    if not form.is_valid():
        return _form(request, form, status=UNPROCESSABLE)
    key, warned = form.cleaned_data["request_key"], form.cleaned_data.pop("warned")
    found = look_up(student, form.cleaned_data["company_or_link"], form.cleaned_data["role"], besides=key)
    if found and found.same and found.same.public_id != warned:
        return _form(request, form, status=CONFLICT, found=found)
    facts = {**form.cleaned_data, "student": student, "at": clock.now(), "on": clock.today(student)}
    with undoable(student=student, text="", at=facts["at"]) as change:
        application = form.act(add_application, **facts)
        if application:
            change.applications.add(application.pk)
            change.text = f"Added. {application.company.name} is in {application.look.label}."
    return _added(request, application, change) if application else _form(request, form, status=UNPROCESSABLE)


@require_POST
@students_only
def lookup(request: HttpRequest) -> HttpResponse:
    """Say what the text means, while it is typed."""
    found = look_up(person(request), request.POST.get("company_or_link", ""), request.POST.get("role", ""))
    return render(request, "applications/_lookup.html", {"found": found})


def _shared(request: HttpRequest) -> dict[str, object]:
    """Read what a posting's Add button, the bookmarklet or the phone's share sheet brings."""
    asked = request.GET
    stage = asked.get("stage", "")
    return {
        "company_or_link": (asked.get("url") or asked.get("text") or "").strip(),
        "role": asked.get("title", "").strip(),
        "stage": stage if stage in ACTIVE else ACTIVE[0],
        "request_key": uuid.uuid4(),
    }


def _form(request: HttpRequest, form: AddForm, *, status: int = 200, found: object = None) -> HttpResponse:
    if found is None and not form.is_bound and form.initial["company_or_link"]:
        found = look_up(person(request), str(form.initial["company_or_link"]), str(form.initial["role"]))
    template = "applications/add.html#form" if is_htmx(request) else "applications/add.html"
    context = {"form": form, "found": found, "in_dialog": is_htmx(request), "again": status == CONFLICT}
    return render(request, template, context, status=status)


def _added(request: HttpRequest, application: Application, change: Change) -> HttpResponse:
    text, url = change.text, application_url(application)
    another = "another" in request.POST
    if not is_htmx(request):
        tell(request, text, undo=change.undo, open_url=url)
        return redirect(f"{reverse('applications:add')}?stage={application.stage}" if another else url)
    if page_under(request) in {reverse("applications:table"), reverse("applications:today")} and not another:
        tell(request, text, undo=change.undo, open_url=url)
        return HttpResponse(status=CREATED, headers={"HX-Refresh": "true"})
    context = {
        "text": text,
        "open_url": url,
        "undo_url": undo_url(change.undo),
        "board": columns_of(request, application.stage),
    }
    if another:
        fresh = AddForm(initial={"stage": application.stage, "request_key": uuid.uuid4()})
        return render(
            request, "applications/_added.html", {**context, "form": fresh, "in_dialog": True}, status=CREATED
        )
    return answer(request, "applications/_added.html", context, status=CREATED, headers=QUIETLY)
