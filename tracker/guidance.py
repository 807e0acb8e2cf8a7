"""Help for everybody, also before signing in: how the pages work, the guide of the season, the keys."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

# Runs on other sites, where the person presses it: it opens the form here with two facts and reads nothing else. The
# template writes the scheme before it.
_BOOKMARKLET = (
    "void(open('{add}?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title),'_blank'))"
)


@login_not_required
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Say how the pages work."""
    script = _BOOKMARKLET.format(add=f"{settings.SITE_URL}{reverse('applications:add')}")
    return render(request, "help/pages.html", {"bookmarklet": script})


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
