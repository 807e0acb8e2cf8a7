"""What a posting asks for: paste its lines, tick, correct, take off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import fitting
from applications.actions.undoing import undoable
from applications.choices import Meets
from applications.forms.fitting import LinesForm, RequirementForm
from applications.models import Application, Requirement, Undo
from applications.queries.facts import fit_of, requirements_of
from applications.views.page import own as own_application
from applications.views.parts import in_place
from applications.views.roles import person
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell, undo_url
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import is_htmx, sent


@require_http_methods(["GET", "HEAD", "POST"])
@or_gone()
def requirements(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add what they ask for, a line each."""
    application, form = own_application(request, public_id), LinesForm(sent(request))
    if not form.is_valid():
        return _lines(request, application, form)
    user, at = person(request), clock.now()
    with undoable(student=user, text=application.company.name, at=at, applications=[application]) as change:
        added = form.act(
            fitting.add_requirements, application=application, text=form.cleaned_data["lines"], by=user, at=at
        )
        text = _added_words(len(added or ()))
        change.text = f"{application.company.name}: {text}"
    if form.errors:
        return _lines(request, application, form)
    return _fit(request, application, text, undo=change.undo)


@require_http_methods(["GET", "HEAD", "POST"])
def requirement(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct one line."""
    asked = _own(request, public_id)
    form, back = RequirementForm(sent(request), instance=asked), _back(asked.application)
    try:
        if form.is_valid():
            return _edited(request, form)
    except StaleError:
        form = RequirementForm(request.POST, instance=_own(request, public_id))
        return _in_its_line(overtaken(request, form, back=back, what="This line"), public_id)
    context = {"form": form, "requirement": asked, "application": asked.application, "back": back}
    response = in_place(request, "applications/requirement.html", context, status=form.status)
    return _in_its_line(response, public_id)


@require_POST
def tick(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say whether it is met; a press of something else is none."""
    asked, meets = _own(request, public_id), request.POST.get("meets", "")
    if meets not in Meets.values or not meets:
        return redirect(_back(asked.application))
    user, at = person(request), clock.now()
    text = f"{Meets(meets).label}: {asked.text}"
    with or_gone(), undoable(student=user, text=text, at=at, applications=[asked.application]) as change:
        fitting.tick_requirement(requirement=asked, meets=meets, by=user, at=at)
    return _fit(request, asked.application, f"Noted: {Meets(meets).label.lower()}.", undo=change.undo, ticked=public_id)


@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it off the list, and offer it back."""
    asked, user, at = _own(request, public_id), person(request), clock.now()
    text = f"Taken off: {asked.text}"
    with or_gone(), undoable(student=user, text=text, at=at, applications=[asked.application]) as change:
        fitting.delete_requirement(requirement=asked, by=user, at=at)
    return _fit(request, asked.application, "Taken off the list.", undo=change.undo)


def _in_its_line(response: HttpResponse, public_id: str) -> HttpResponse:
    """Let htmx show a form in the line it is about, not in the card that is shown after saving."""
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#asked-{public_id}", "innerHTML"
    return response


def _edited(request: HttpRequest, form: RequirementForm) -> HttpResponse:
    asked, user, at = form.instance, person(request), clock.now()
    details, seen = form.details(), form.seen()
    with undoable(student=user, text=f"Changed: {asked.text}", at=at, applications=[asked.application]) as change:
        fitting.edit_requirement(requirement=asked, seen=seen, **details, by=user, at=at)
    return _fit(request, asked.application, "Saved.", undo=change.undo)


def _own(request: HttpRequest, public_id: str) -> Requirement:
    mine = Requirement.objects.visible_to(person(request)).select_related("application__company")
    return get_object_or_404(mine, public_id=public_id)


def _back(application: Application) -> str:
    return f"{reverse('applications:detail', args=[application.public_id])}#fit"


def _added_words(number: int) -> str:
    if not number:
        return "These are on the list already."
    return f"{number} line{'s' * (number != 1)} added."


def _lines(request: HttpRequest, application: Application, form: LinesForm) -> HttpResponse:
    """Show the box with what was pasted: in the card for htmx, else on a page."""
    if is_htmx(request):
        fit = fit_of(application, requirements_of(application))
        context = {"application": application, "fit": fit, "lines": form}
        return render(request, "applications/_page_fit.html", context, status=form.status)
    context = {"application": application, "form": form, "back": _back(application)}
    return render(request, "applications/requirements.html", context, status=form.status)


def _fit(
    request: HttpRequest, application: Application, text: str, *, undo: Undo | None, ticked: str = ""
) -> HttpResponse:
    """Show the card as it is now, and what was done."""
    if not is_htmx(request):
        tell(request, text, undo=undo)
        return redirect(_back(application))
    application = own_application(request, application.public_id)
    fit = fit_of(application, requirements_of(application), ticked=ticked)
    context = {"application": application, "fit": fit, "unfolded": True, "text": text, "undo_url": undo_url(undo)}
    return render(request, "applications/fit_changed.html", context)
