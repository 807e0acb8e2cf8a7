"""A supervisor's pages about the group: the year with absences and milestones, and introductions they offer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from supervision import actions
from supervision.forms import IntroductionForm, MilestoneForm
from supervision.models import Introduction, Milestone
from supervision.queries.group import group_page, introductions_of
from supervision.views.roles import introducer, supervisor
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE, see, sent

type GroupForm = IntroductionForm | MilestoneForm


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest) -> HttpResponse:
    """Show who is away when, beside what is due; add a milestone."""
    reader = supervisor(request)
    form = MilestoneForm(sent(request))
    if form.is_valid():
        try:
            actions.add_milestone(**form.cleaned_data, by=reader)
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, "Added.")
            return redirect("supervision:group")
    shown = {"form": form, "page": group_page(reader, on=clock.today(reader))}
    return render(request, "supervision/group.html", shown, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a milestone."""
    reader = supervisor(request)
    found = get_object_or_404(Milestone.objects.visible_to(reader), public_id=public_id)
    facts = {"title": found.title, "starts_on": found.starts_on, "ends_on": found.ends_on}
    form = MilestoneForm(sent(request), initial=facts)
    if form.is_valid():
        try:
            actions.edit_milestone(milestone=found, **form.cleaned_data, by=reader)
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("supervision:group")
    return render(request, "supervision/milestone.html", {"form": form, "milestone": found}, status=_status(form))


@require_POST
def milestone_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a milestone out."""
    reader = supervisor(request)
    found = get_object_or_404(Milestone.objects.visible_to(reader), public_id=public_id)
    actions.delete_milestone(milestone=found, by=reader)
    messages.success(request, "Deleted.")
    return see(request, "supervision:group")


@require_http_methods(["GET", "HEAD", "POST"])
def introductions(request: HttpRequest) -> HttpResponse:
    """Show at which companies one introduces people; add one."""
    reader = introducer(request)
    form = IntroductionForm(sent(request), reader=reader, initial={"company": request.GET.get("company", "")[:160]})
    if form.is_valid():
        try:
            actions.offer_introduction(**form.cleaned_data, by=reader, at=clock.now())
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, "Saved. They see it with what they apply to there.")
            return redirect("supervision:introductions")
    shown = {"form": form, "introductions": introductions_of(reader)}
    return render(request, "supervision/introductions.html", shown, status=_status(form))


@require_POST
def introduction_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer it no more."""
    reader = introducer(request)
    mine = Introduction.objects.visible_to(reader).filter(by=reader)
    actions.take_back_introduction(introduction=get_object_or_404(mine, public_id=public_id), by=reader)
    messages.success(request, "Taken back.")
    return see(request, "supervision:introductions")


def _status(form: GroupForm) -> int:
    return UNPROCESSABLE if form.errors else 200
