"""Conferences and workshops: which, when, and who will be there."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from outreach import actions
from outreach.forms import ConferenceForm, ThereForm
from outreach.models import Conference
from outreach.queries.conferences import conferences, names_not_there, there, when
from outreach.views.roles import own, student
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE, refused, see, sent


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List them: what is to come, and what is over."""
    user = student(request)
    ahead, over = conferences(user, clock.today(user))
    return render(request, "outreach/conferences.html", {"ahead": ahead, "over": over})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add one."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one."""
    return _form(request, _own(request, public_id))


@require_safe
def conference(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one, with who will be there."""
    return render(request, "outreach/conference.html", _shown(request, _own(request, public_id)))


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete one."""
    actions.delete_conference(conference=_own(request, public_id), by=cast("User", request.user))
    messages.success(request, "Deleted. The people stay.")
    return see(request, "outreach:conferences")


@require_POST
def expect(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that somebody will be there."""
    found, form = _own(request, public_id), ThereForm(request.POST)
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            contact = actions.expect(conference=found, name=name, by=cast("User", request.user))
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, f"{contact.name} will be there.")
            return see(request, "outreach:conference", public_id=public_id)
    return refused(request, "outreach/conference.html", _shown(request, found, form))


@require_POST
def expect_no_more(request: HttpRequest, public_id: str, contact: str) -> HttpResponse:
    """Note that somebody will not be there."""
    found, somebody = _own(request, public_id), own(request, contact)
    actions.expect_no_more(conference=found, contact=somebody, by=somebody.student)
    messages.success(request, "Taken off this conference.")
    return see(request, "outreach:conference", public_id=public_id)


def _own(request: HttpRequest, public_id: str) -> Conference:
    mine = Conference.objects.visible_to(cast("User", request.user))
    return get_object_or_404(mine, public_id=public_id)


def _shown(request: HttpRequest, found: Conference, form: ThereForm | None = None) -> dict[str, object]:
    user = cast("User", request.user)
    return {
        "conference": found,
        "when": when(found, clock.today(user)),
        "people": there(found),
        "names": names_not_there(found, user),
        "form": form or ThereForm(),
    }


def _form(request: HttpRequest, found: Conference | None) -> HttpResponse:
    user = student(request)
    initial = {name: getattr(found, name) for name in ConferenceForm.base_fields} if found else {}
    form = ConferenceForm(sent(request), initial=initial)
    if form.is_valid():
        try:
            kept = actions.save_conference(dates=form.dates(), by=user, at=clock.now(), conference=found)
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("outreach:conference", public_id=kept.public_id)
    shown = {"form": form, "conference": found}
    return render(request, "outreach/conference_form.html", shown, status=UNPROCESSABLE if form.errors else 200)
