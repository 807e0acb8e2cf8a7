"""Who may enter the pages of those who keep the list."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User


def curators_only[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer 403 to people who do not keep the list."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = cast("User", request.user)
        if not (user.is_curator or user.is_superuser):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
