"""The cookie by which a browser is known to the people who signed in with it; it opens nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User

COOKIE = "device"
AGE = 365 * 24 * 60 * 60
_SALT = "accounts.device"
_MOST = 4
"""People of one browser: a shared computer in an office has few, and the cookie stays short."""


def is_known(request: HttpRequest, person: User) -> bool:
    """Say whether this person signed in with this browser within the last year."""
    return person.public_id in _people(request)


def remember(response: HttpResponse, request: HttpRequest, person: User) -> None:
    """Know this browser for a year from now."""
    others = [one for one in _people(request) if one != person.public_id]
    response.set_signed_cookie(
        COOKIE,
        ".".join([person.public_id, *others][:_MOST]),
        salt=_SALT,
        max_age=AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _people(request: HttpRequest) -> list[str]:
    said = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=AGE)
    return said.split(".") if said else []
