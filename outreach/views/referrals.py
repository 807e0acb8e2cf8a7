"""Noting a referral: asked for, given or declined."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from applications.choices import WayIn
from applications.models import Application
from outreach import actions
from outreach.forms import ReferralForm
from outreach.queries.referrals import open_applications
from outreach.views.roles import own
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE, see, sent

_SAID = {
    WayIn.ASKED: "Noted: you asked {name} for a referral.",
    WayIn.REFERRED: "Noted: {name} referred you.",
    WayIn.DECLINED: "Noted: {name} declined.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask which application, what happened, and whether it waits."""
    contact, user = own(request, public_id), cast("User", request.user)
    choices = open_applications(user, contact.company_id)
    form = ReferralForm(sent(request), offered=choices, initial=_initial(request, choices))
    if form.is_valid():
        mine = Application.objects.visible_to(user).select_related("company")
        application = get_object_or_404(mine, public_id=form.cleaned_data["application"])
        asked = form.asked()
        try:
            actions.note_referral(contact=contact, application=application, asked=asked, by=user, at=clock.now())
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, _SAID[asked.way_in].format(name=contact.name))
            return see(request, "applications:detail", public_id=application.public_id)
    back = reverse("outreach:person", args=[public_id])
    shown = {"form": form, "contact": contact, "back": back, "any": choices}
    return render(request, "outreach/referral.html", shown, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def unlink(request: HttpRequest, public_id: str, application: str) -> HttpResponse:
    """Say that somebody has nothing to do with an application."""
    contact, user = own(request, public_id), cast("User", request.user)
    found = get_object_or_404(Application.objects.visible_to(user), public_id=application)
    actions.forget_referral(contact=contact, application=found, by=user)
    messages.success(request, "Taken off this person.")
    return see(request, "outreach:person", public_id=public_id)


def _initial(request: HttpRequest, choices: list[tuple[str, str]]) -> dict[str, object]:
    """Begin with what the application that is asked about says now, else with asking, for the nearest one."""
    wanted = request.GET.get("application", "")
    found = next((key for key, _ in choices if key == wanted), choices[0][0] if choices else "")
    mine = Application.objects.visible_to(cast("User", request.user))
    now = mine.filter(public_id=found).values("way_in", "on_hold", "hold_until").first() if wanted == found else None
    way_in = now["way_in"] if now and now["way_in"] != WayIn.NONE else WayIn.ASKED.value
    return {"application": found, **(now or {}), "way_in": way_in}
