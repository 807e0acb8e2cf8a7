"""How allauth treats whoever a university sends: whom it signs in, whom it makes, and what it says otherwise."""

from typing import Any, ClassVar

import structlog
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from accounts.models import User
from accounts.university.asking import AwayError
from accounts.university.provider import UniversityProvider
from tracker.lib.fields import validate_zone

log = structlog.get_logger(__name__)

_UNAUTHORIZED = 401
_UNCONFIRMED = 403


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Trusts an address only where both sides have confirmed it."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": "This account belongs to somebody else here.",
        "no_password": "Choose a password first; without one you could not sign in any more.",
        "no_verified_email": "Confirm an e-mail address first; without one you could not sign in any more.",
    }

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> UniversityProvider:  # noqa: ARG002 - as allauth's
        """Return the one there is, without asking the database for others."""
        return UniversityProvider(request)

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Return the account with this address, if the university says it is theirs and they have confirmed it here.

        An account that only claims the address may be anybody's: they could share it ever after.
        """
        theirs = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
        known = EmailAddress.objects.filter(email__in=theirs, verified=True).select_related("user").first()
        return (known.user, known.email) if known else None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Make nobody whose address is not confirmed: whether there is an account with it is not said either."""
        if not any(one.verified for one in sociallogin.email_addresses):
            context = {"email": next((one.email for one in sociallogin.email_addresses), "")}
            raise ImmediateHttpResponse(render(request, "socialaccount/unconfirmed.html", context, status=_UNCONFIRMED))
        return bool(super().is_open_for_signup(request, sociallogin))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, str]) -> User:
        """Take over name and time zone; a new person is a student, as everybody who signs up."""
        user: User = super().populate_user(request, sociallogin, data)
        user.email, user.name = user.email.lower(), data["name"]
        try:
            validate_zone(data["time_zone"])
        except ValidationError:
            return user
        user.time_zone = data["time_zone"]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:  # noqa: ANN401 - as allauth's
        """Make person, address and connection, or none of them."""
        with transaction.atomic():
            saved: User = super().save_user(request, sociallogin, form)
        return saved

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: UniversityProvider,  # noqa: ARG002 - as allauth's
        *,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Answer with our own page, which says what to do; the log has the kind of trouble and nobody's name."""
        why = _why(error, exception, extra_context or {})
        if why != "cancelled":
            log.warning("university_sign_in_not_done", why=why, error=_kind(exception))
        page = render(request, "socialaccount/authentication_error.html", {"why": why}, status=_UNAUTHORIZED)
        raise ImmediateHttpResponse(page)


def _why(error: str | None, exception: Exception | None, context: dict[str, Any]) -> str:
    if error == AuthError.CANCELLED:
        return "cancelled"
    if isinstance(exception, AwayError):
        return "away"
    return "other" if exception or "state" in context else "elsewhere"


def _kind(exception: Exception | None) -> str:
    """Name the trouble; the words of an ID token's are ours, those of a refused code are the university's."""
    words = str(exception) if exception else ""
    return words if words.startswith(("ID token: ", "userinfo")) else type(exception).__name__
