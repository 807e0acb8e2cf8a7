"""The university as a provider of allauth: the one that the settings name."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from django.conf import settings
from django.http import HttpRequest

from accounts.university.asking import UniversityAdapter
from accounts.university.claims import Claims, confirmed_address, full_name

SCOPE = ["openid", "profile", "email"]


class UniversityProvider(OAuth2Provider):  # type: ignore[misc]  # allauth ships no types
    """Reads what the university says of somebody; of that nothing is kept but by which name it knows them."""

    id = UniversityAdapter.provider_id
    account_class = ProviderAccount
    oauth2_adapter_class = UniversityAdapter
    pkce_enabled_default = True

    def __init__(self, request: HttpRequest, app: SocialApp | None = None) -> None:
        """Take everything from the settings; accounts are known by issuer, so that another one's names mean nothing."""
        own = SocialApp(
            provider=self.id,
            provider_id=settings.OIDC_ISSUER,
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_CLIENT_SECRET,
        )
        super().__init__(request, app=app or own)
        self.name = settings.OIDC_NAME

    def extract_uid(self, data: Claims) -> str:
        """Return the name by which the university knows the person for ever."""
        return str(data["sub"])

    def extract_extra_data(self, data: Claims) -> dict[str, Any]:  # noqa: ARG002 - as allauth's
        """Keep nothing else."""
        return {}

    def extract_common_fields(self, data: Claims) -> dict[str, str]:
        """Return what a new person starts with."""
        zone = data.get("zoneinfo")
        return {
            "email": confirmed_address(data)[0],
            "name": full_name(data),
            "time_zone": zone if isinstance(zone, str) else "",
        }

    def extract_email_addresses(self, data: Claims) -> list[EmailAddress]:
        """Return the address, and whether it is known to be theirs."""
        email, verified = confirmed_address(data)
        return [EmailAddress(email=email, verified=verified, primary=True)] if email else []
