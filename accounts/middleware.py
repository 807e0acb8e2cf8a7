"""Sets the person's own time zone for the length of a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone


def time_zone(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Render every date in the zone of whoever is signed in; UTC for everybody else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        with timezone.override(user.tz if user.is_authenticated else "UTC"):
            return get_response(request)

    return middleware
