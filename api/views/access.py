"""Who asks: the bearer of a token, how far it opens, and how many requests a minute."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer

from accounts.actions import note_use
from accounts.models import Scope, Token, User
from api.problems import Problem
from tracker.lib import clock

_LONGEST = 100
_MINUTE = 60


class Bearer(HttpBearer):
    """`Authorization: Bearer waymark_...`, the only way in: no cookie opens the API, so no other site can use one."""

    openapi_description = "A token made under Settings, API tokens."

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """Return the token of this secret; None, which is answered with 401, when it opens nothing."""
        at = clock.now()
        fits = token.isascii() and len(token) <= _LONGEST
        found = Token.objects.opened_by(token, at).select_related("person").first() if fits else None
        if found is None:
            return None
        _count(request, found, at)
        note_use(token=found, on=clock.today(found.person))
        return found


def person(request: HttpRequest) -> User:
    """Return whose token it is."""
    return token_of(request).person


def token_of(request: HttpRequest) -> Token:
    """Return the token that came along."""
    return cast("Token", request.auth)  # type: ignore[attr-defined]  # set by ninja


def needs[**P, R](
    *scopes: Scope, students: bool = True
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Let a view be asked with these scopes only, and by students only unless told otherwise."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            missing = [scope.value for scope in scopes if scope not in token_of(request).scopes]
            if missing:
                raise Problem(403, f"This token lacks the scope {' and '.join(missing)}.")
            if students and not person(request).is_student:
                raise Problem(403, "Only students have applications.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def limits_of(request: HttpRequest) -> dict[str, str]:
    """Return the headers that say how many requests are left; none for who came without a token."""
    return cast("dict[str, str]", getattr(request, "api_limits", {}))


def _count(request: Any, token: Token, at: dt.datetime) -> None:  # noqa: ANN401 - a request that carries more
    """Count the request against the token's minute. Without Redis nothing is counted, and nobody is locked out."""
    minute, second = divmod(int(at.timestamp()), _MINUTE)
    place = f"api:{token.pk}:{minute}"
    cache.add(place, 0, timeout=2 * _MINUTE)
    used = cache.incr(place)
    left, wait = settings.WAYMARK_API_RATE - used, _MINUTE - second
    request.api_limits = {
        "RateLimit-Limit": str(settings.WAYMARK_API_RATE),
        "RateLimit-Remaining": str(max(0, left)),
        "RateLimit-Reset": str(wait),
    }
    if left < 0:
        request.api_limits["Retry-After"] = str(wait)
        raise Problem(429, f"More than {settings.WAYMARK_API_RATE} requests within a minute. Wait {wait} seconds.")
