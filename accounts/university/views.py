"""The two steps of signing in with a university: on the way there, and back."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_POST

from accounts.university.asking import UniversityAdapter
from accounts.university.provider import SCOPE, UniversityProvider
from tracker.lib.http import local_path

_NONCE = 32


@login_not_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Show the page that leads on to the university, to sign in or, for whoever is signed in, to connect.

    A redirect would be a form's: the policy of the page lets no form end on another site (decision 0034).
    """
    provider, nonce = UniversityProvider(request), get_random_string(_NONCE)
    process = "connect" if request.user.is_authenticated else "login"
    asked = {"next_url": local_path(request, default=""), "scope": SCOPE, "auth_params": {"nonce": nonce}}
    try:
        there = provider.redirect(request, process, **asked, nonce=nonce)
    except OAuth2Error as error:
        return _trouble(request, error)
    return render(request, "socialaccount/login.html", {"url": there.headers["Location"]})


class Back(OAuth2CallbackView):  # type: ignore[misc]  # allauth ships no types
    """Allauth's way back, which hands the nonce of the question on to who checks the answer."""

    def _get_state(self, request: HttpRequest, provider: UniversityProvider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


@login_not_required
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Sign in whom the university sends; a second tab that made the same person first is told to start again."""
    try:
        response: HttpResponse = Back.adapter_view(UniversityAdapter(request))(request)
    except IntegrityError as error:
        return _trouble(request, error)
    return response


def _trouble(request: HttpRequest, error: Exception) -> HttpResponse:
    try:
        response: HttpResponse = render_authentication_error(request, UniversityProvider(request), exception=error)
    except ImmediateHttpResponse as answer:
        response = answer.response
    return response
