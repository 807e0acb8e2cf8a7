"""What follows a request: a worker wakes, and a browser that somebody leaves shows their notifications no more."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from reminders.actions import forget_device, wake

DEVICE = "device"
"""In the session: which device it added."""

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


def forget_at_sign_out(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Take away the device that a session added when that session is signed out: the next person there is another."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        added = request.session.get(DEVICE, "") if request.method not in SAFE else ""
        person = request.user
        response = get_response(request)
        if added and isinstance(person, User) and not request.user.is_authenticated:
            forget_device(by=person, public_id=added)
        return response

    return middleware
