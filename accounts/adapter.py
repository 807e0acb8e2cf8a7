"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sends links of our own site only, whatever Host a request names."""

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        """Return the confirmation link below SITE_URL."""
        url: str = super().get_email_confirmation_url(request, emailconfirmation)
        return settings.SITE_URL + "/" + url.partition("://")[2].partition("/")[2]
