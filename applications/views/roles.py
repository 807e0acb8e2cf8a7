"""Who is asking: pages of a student's own work open to students only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User


def person(request: HttpRequest) -> User:
    """Return who is signed in; every view of ours is behind the sign-in."""
    return cast("User", request.user)


def students_only[**P, R: HttpResponseBase](
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Answer 403 to people who are no students; another student's rows are a 404 elsewhere."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not person(request).is_student:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
