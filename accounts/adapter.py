"""How allauth behaves here."""

from smtplib import SMTPException
from typing import Any, ClassVar
from urllib.parse import urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import known_devices
from accounts.actions import note_sign_in
from accounts.models import User
from tracker.lib import clock

UNAVAILABLE = 503
log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sends links of our own site only, speaks in our words, and answers guessing with 429."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is switched off. Ask whoever runs this site.",
        "duplicate_email": "You have this address already.",
        "email_password_mismatch": "This address and this password do not belong together.",
        "email_taken": "Somebody already uses this e-mail address.",
        "enter_current_password": "Enter the password you have now.",
        "incorrect_password": "This is not your password. Check it.",
        "invalid_login": "This sign-in does not work. Start again.",
        "invalid_or_expired_key": "This link no longer works. Ask for a new one.",
        "invalid_password_reset": "This link no longer works. Ask for a new one.",
        "too_many_login_attempts": "Too many tries. Wait 5 minutes.",
        "unknown_email": "No account has this address. Check it.",
        "select_only_one": "Choose one only.",
        "rate_limited": "Too many tries. Wait 5 minutes.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail whose links all lie below SITE_URL, whatever Host the request names.

        These mails answer a form at once and hold secrets that are kept nowhere, so they go out inside the request.
        """
        links = {name: _on_our_site(value) for name, value in context.items() if name.endswith("_url")}
        try:
            super().send_mail(template_prefix, email, {**context, **links})
        except (SMTPException, OSError) as error:
            log.exception("account_mail_not_sent", template=template_prefix, error=type(error).__name__)
            page = render(allauth_context.request, "accounts/mail_trouble.html", status=UNAVAILABLE)
            raise ImmediateHttpResponse(page) from error

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - as allauth's
        """Answer too many wrong guesses with the page of 429, instead of an error beside the form."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            raise ImmediateHttpResponse(respond_429(request)) from refusal

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; keep whether it is the first time ever, for which there is nothing to compare a device with."""
        self.is_first = user.last_login is None
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:  # noqa: ANN401 - as allauth's
        """Note a sign-in from a device that this person had not used before, and know it from now on."""
        response: HttpResponse = super().post_login(request, user, **more)
        if not self.is_first and not known_devices.is_known(request, user):
            note_sign_in(person=user, user_agent=request.headers.get("User-Agent", ""), at=clock.now())
        known_devices.remember(response, request, user)
        return response


def _on_our_site(url: str) -> str:
    parts = urlsplit(url)
    return f"{settings.SITE_URL}{parts.path}{f'?{parts.query}' if parts.query else ''}"
