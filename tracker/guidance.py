"""Help for everybody, also before signing in: how the pages work, the guide of the season, the keys."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.bookmark import bookmark


@login_not_required
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Say how the pages work."""
    return render(request, "help/pages.html")


@login_not_required
@require_safe
def capture(request: HttpRequest) -> HttpResponse:
    """Say how a posting is added from its own page: bookmark, extension, share sheet."""
    return render(request, "help/capture.html", {"bookmarklet": bookmark(), "site": settings.SITE_URL})


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Give the advice of the season, from the first look to what comes of it."""
    return render(request, "help/guide.html")


@login_not_required
@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """List the keys, as the dialog does."""
    return render(request, "help/shortcuts.html")
