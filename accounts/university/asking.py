"""Asks the university: what it says of itself, and who it is that it sends us."""

from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from requests import RequestException

from accounts.university.claims import Claims, UntrueError, identity

log = structlog.get_logger(__name__)

_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class AwayError(OAuth2Error):  # type: ignore[misc]  # allauth ships no types
    """The university does not answer, or not as one that speaks OpenID Connect."""


def described() -> dict[str, Any]:
    """Return what the university says of itself; AwayError while it does not answer.

    Both are remembered for a while, so that sign-in costs no question, and a server that hangs holds up nobody else.
    """
    kept = f"university:{settings.OIDC_ISSUER}"
    said = cache.get(kept)
    if said is None:
        said = _self_description()
        cache.set(kept, said, settings.WAYMARK_UNIVERSITY_KEPT if said else settings.WAYMARK_UNIVERSITY_RESTS)
    if not said:
        raise AwayError("no description")
    return cast("dict[str, Any]", said)


def _self_description() -> dict[str, Any]:
    """Ask; what cannot be used is nothing."""
    try:
        said = _read(f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration")
    except AwayError as error:
        log.warning("university_away", error=str(error))
        return {}
    sound = isinstance(said, dict) and said.get("issuer") == settings.OIDC_ISSUER
    if sound and all(_is_address(said.get(name)) for name in _ADDRESSES):
        return cast("dict[str, Any]", said)
    log.warning("university_misdescribed")
    return {}


def _is_address(said: object) -> bool:
    """Say whether it is an address, as safe as that of the issuer."""
    return isinstance(said, str) and said.startswith(f"{urlsplit(settings.OIDC_ISSUER).scheme}://")


def _read(url: str, **headers: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON at an address of the university."""
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url, headers=headers)
            answer.raise_for_status()
            return answer.json()
    except (RequestException, ValueError) as error:
        raise AwayError(type(error).__name__) from error


class UniversityAdapter(OAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Allauth's view of the university's addresses; checks what comes back before anybody is signed in."""

    provider_id = "university"
    nonce = ""

    @property
    def authorize_url(self) -> str:
        """Where people sign in."""
        return str(described()["authorization_endpoint"])

    @property
    def access_token_url(self) -> str:
        """Where a code is exchanged for who it is."""
        return str(described()["token_endpoint"])

    @property
    def basic_auth(self) -> bool:
        """Say who we are in the body where that is taken, else in the header, which is the standard's default."""
        taken = described().get("token_endpoint_auth_methods_supported")
        return "client_secret_post" not in (taken if isinstance(taken, list) else [])

    def get_callback_url(self, request: HttpRequest, app: object) -> str:  # noqa: ARG002 - as allauth's
        """Return an address of our own site, whatever Host the request names."""
        return f"{settings.SITE_URL}{reverse('university_callback')}"

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - as allauth's
        """Exchange the code; an answer that is no JSON is refused like any other."""
        try:
            return cast("dict[str, Any]", super().get_access_token_data(*args, **kwargs))
        except (LookupError, ValueError, TypeError) as error:  # requests' own trouble with JSON is a ValueError as well
            raise OAuth2Error(type(error).__name__) from error
        except RequestException as error:
            raise AwayError(type(error).__name__) from error

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Return the token, which is used once and kept nowhere."""
        return SocialToken(token=str(data["access_token"]))

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **more: Any) -> SocialLogin:  # noqa: ANN401 - as allauth's
        """Return who it is, as the university signed it."""
        said = described()
        try:
            claims = identity(
                more["response"].get("id_token"),
                keys=_read(said["jwks_uri"]),
                issuer=settings.OIDC_ISSUER,
                client=app.client_id,
                nonce=self.nonce,
            )
        except UntrueError as error:
            raise OAuth2Error(f"ID token: {error}") from error
        return self.get_provider().sociallogin_from_response(request, self._whole(claims, token))

    @staticmethod
    def _whole(claims: Claims, token: SocialToken) -> Claims:
        """Add what some universities tell at another address only, if it is of the same person."""
        more = described().get("userinfo_endpoint")
        if claims.get("email") or not _is_address(more):
            return claims
        said = _read(str(more), Authorization=f"Bearer {token.token}")
        if not isinstance(said, dict) or said.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo of somebody else")
        return {**said, **claims}
