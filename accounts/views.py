"""Settings about oneself."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms import AppearanceForm, ProfileForm
from accounts.models import User
from tracker.lib.http import refused, see

THEME_COOKIE_AGE = 365 * 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change name, time zone and the start of the PhD."""
    person = cast("User", request.user)
    if request.method != "POST":
        return render(request, "accounts/profile.html", {"form": ProfileForm(person=person)})
    form = ProfileForm(request.POST, person=person)
    if not form.is_valid():
        return refused(request, "accounts/profile.html", {"form": form})
    actions.edit_profile(person=person, **form.facts())
    messages.success(request, "Saved.")
    return see(request, "accounts:profile")


@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Show and change theme and shortcuts; a cookie keeps the theme for the sign-in page."""
    person = cast("User", request.user)
    if request.method != "POST":
        form = AppearanceForm(initial={"theme": person.theme, "shortcuts": person.shortcuts})
        return render(request, "accounts/appearance.html", {"form": form})
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return refused(request, "accounts/appearance.html", {"form": form})
    actions.change_appearance(person=person, **form.cleaned_data)
    messages.success(request, "Saved.")
    response = see(request, "accounts:appearance")
    response.set_cookie("theme", person.theme, THEME_COOKIE_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response
