"""Today: what to do next, and permission to stop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.queries.today import today as gather
from applications.views.roles import person, students_only
from tracker.lib import clock


@require_safe
@students_only
def today(request: HttpRequest) -> HttpResponse:
    """Show the day; `?all=1` shows more than the first few things."""
    user = person(request)
    page = gather(user, at=clock.now(), on=clock.today(user), everything="all" in request.GET)
    return render(request, "applications/today.html", {"page": page})
