"""The front door, health for machines, and the pages for what went wrong."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from applications.queries.welcome import is_new
from reminders.queries import OutboxHealth, outbox_health
from supervision.models import Supervision
from tracker.lib.clock import now
from tracker.lib.database import is_away

UNAVAILABLE = 503
_AWAY = settings.BASE_DIR / "assets" / "errors" / "503.html"


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send people to the page they work on, at first to the first steps; strangers to the sign-in page."""
    user = request.user
    if not user.is_authenticated:
        return redirect("account_login")
    if user.is_student:
        return redirect("applications:welcome", 1) if is_new(user) else redirect("applications:today")
    if user.is_supervisor:
        first = is_new(user) and not Supervision.objects.filter(supervisor=user).exists()
        return redirect("applications:welcome", 1) if first else redirect("supervision:students")
    if user.is_curator:
        return redirect("companies:curation")
    if user.is_coordinator:
        return redirect("supervision:departments")
    return redirect("admin:index" if user.is_staff else "companies:list")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """Say that this process answers; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def healthz_deep(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the signature of a view
    """Say whether database, Redis and reminders work: 200, or 503 with what is wrong."""
    checks = {"database": _database_answers(), "redis": _redis_answers()}
    outbox = outbox_health(at=now()) if checks["database"] else OutboxHealth(None, None)
    at = now()
    checks["tick"] = outbox.ticked_at is not None and at - outbox.ticked_at <= settings.WAYMARK_HEARTBEAT_STALE
    checks["outbox"] = outbox.oldest_due_at is None or at - outbox.oldest_due_at <= settings.WAYMARK_OLDEST_DUE
    return JsonResponse({**checks, "ticked_at": outbox.ticked_at}, status=200 if all(checks.values()) else UNAVAILABLE)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _redis_answers() -> bool:
    try:
        return bool(Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping())
    except (RedisError, OSError):
        return False


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 to more than DATA_UPLOAD_MAX_MEMORY_SIZE."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403, to somebody who is signed in with another role."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 404, which is also what a denial looks like."""
    return render(request, "404.html", status=404)


def problem(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 500 without touching the database or the session; 503 while the database is away."""
    if is_away(sys.exc_info()[1]):
        return HttpResponse(_AWAY.read_bytes(), status=UNAVAILABLE, headers={"Retry-After": "30"})
    return render(None, "500.html", status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form without a valid token: nothing is saved, and what was typed can be copied."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value and "password" not in name and name != "csrfmiddlewaretoken"
    ]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)
