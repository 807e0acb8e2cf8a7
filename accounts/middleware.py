"""Sets the time zone of a request, keeps the day of a visit, and gives refused forms of allauth our status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.actions import see_today
from tracker.lib import clock
from tracker.lib.http import UNPROCESSABLE

OK = 200


def time_zone(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Render every date in the zone of whoever is signed in; UTC for everybody else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        with timezone.override(user.tz if user.is_authenticated else "UTC"):
            return get_response(request)

    return middleware


def seen(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep the day on which somebody signed in was last here: one statement a day, none for the rest of it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and user.last_seen_on != (on := clock.today(user)):
            see_today(person=user, on=on)
        return get_response(request)

    return middleware


class RefusedForms:
    """Answers 422 to a form that allauth shows again with errors, as every form of ours does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand between the site and the views."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the hook below does the work."""
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Look for a bound form with errors in a page that would be answered with 200."""
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == OK and getattr(form, "errors", None):
            response.status_code = UNPROCESSABLE
        return response
