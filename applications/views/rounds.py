"""Interview rounds: add, look, edit, delete."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions.rounds import add_round, delete_round, edit_round
from applications.forms.round import RoundForm
from applications.models import InterviewRound
from applications.queries.page import offers_interviewing
from applications.queries.rounds import round_page
from applications.views.page import own as own_application
from applications.views.roles import person
from applications.views.stale import overtaken
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import sent


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a round to an application; it opens with the student's own time zone."""
    application, user = own_application(request, public_id), person(request)
    blank = InterviewRound(application=application, zone=user.time_zone)
    form = RoundForm(sent(request), instance=blank)
    if form.is_valid():
        added = form.act(add_round, application=application, details=form.details(), by=user, at=clock.now())
        if added:
            messages.success(request, f"Added. {added.get_kind_display()} at {application.company.name}.")
            return redirect("applications:round", public_id=added.public_id)
    back = reverse("applications:detail", args=[public_id])
    context = {"form": form, "application": application, "back": back, "title": "Add a round"}
    return render(request, "applications/round_form.html", context, status=form.status)


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a round, and what is odd about its time."""
    interview = own(request, public_id)
    application = interview.application
    context = {
        "round": interview,
        "page": round_page(interview, at=clock.now(), own=person(request).tz),
        "application": application,
        "offers_move": offers_interviewing(application),
        "app_url": reverse("applications:detail", args=[application.public_id]),
    }
    return render(request, "applications/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a round."""
    interview, back = own(request, public_id), reverse("applications:round", args=[public_id])
    form = RoundForm(sent(request), instance=interview)
    try:
        if form.is_valid() and _saved(request, form):
            messages.success(request, "Saved.")
            return redirect(back)
    except StaleError:
        form = RoundForm(request.POST, instance=own(request, public_id))
        return overtaken(request, form, back=back, what="This round")
    context = {"form": form, "application": interview.application, "back": back, "title": "Edit the round"}
    return render(request, "applications/round_form.html", context, status=form.status)


def _saved(request: HttpRequest, form: RoundForm) -> InterviewRound | None:
    version, by, at = form.seen_version(), person(request), clock.now()
    return form.act(edit_round, interview=form.instance, details=form.details(), version=version, by=by, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then delete a round."""
    interview = own(request, public_id)
    if request.method != "POST":
        context = {"round": interview, "application": interview.application}
        return render(request, "applications/round_delete.html", context)
    try:
        delete_round(interview=interview, by=person(request), at=clock.now())
    except StaleError:
        raise Http404 from None
    messages.success(request, f"Deleted. {interview.get_kind_display()} is off the list.")
    return redirect("applications:detail", public_id=interview.application.public_id)


def own(request: HttpRequest, public_id: str) -> InterviewRound:
    """Return a round of one of the person's applications; 404 for any other."""
    mine = InterviewRound.objects.visible_to(person(request)).select_related("application__company")
    return get_object_or_404(mine, public_id=public_id)
