"""How allauth behaves here."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sends links of our own site only, whatever Host a request names, and speaks in our words."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is switched off. Ask whoever runs this site.",
        "duplicate_email": "You have this address already.",
        "email_password_mismatch": "This address and this password do not belong together. Check both.",
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

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        """Return the confirmation link below SITE_URL."""
        url: str = super().get_email_confirmation_url(request, emailconfirmation)
        return f"{settings.SITE_URL}/{url.partition('://')[2].partition('/')[2]}"
