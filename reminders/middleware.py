"""Wakes a worker after a student changed something."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from reminders.actions import wake

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
REFUSED = 400


def wake_after_change(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Nudge after each request of a student that may have changed a fact; its transaction has ended by then.

    The apps below know nothing of reminders, so it is said here, once for all of them.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method not in SAFE and response.status_code < REFUSED:
            user = getattr(request, "user", None)
            if user is not None and user.is_authenticated and user.is_student:
                wake()
        return response

    return middleware
