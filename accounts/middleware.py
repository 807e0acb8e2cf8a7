"""Sets the person's own time zone for the length of a request, and the status of forms that allauth refuses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from tracker.lib.http import UNPROCESSABLE

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


def time_zone(get_response: GetResponse) -> GetResponse:
    """Render every date in the zone of whoever is signed in; UTC for everybody else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        with timezone.override(user.tz if user.is_authenticated else "UTC"):
            return get_response(request)

    return middleware


def refused_forms(get_response: GetResponse) -> GetResponse:
    """Answer 422 where a library shows a form again with errors and says 200."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        shown = getattr(response, "context_data", None) or {}
        if request.method == "POST" and response.status_code == 200 and getattr(shown.get("form"), "errors", None):  # noqa: PLR2004 - a status
            response.status_code = UNPROCESSABLE
        return response

    return middleware
