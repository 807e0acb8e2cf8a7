"""One field that finds everything a person sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.queries.search import lately
from applications.queries.search import search as find
from applications.views.roles import person
from tracker.lib.http import is_htmx

_LONGEST = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what a few words find; without any, what the person worked on last."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_LONGEST]
    user = person(request)
    found = find(user, text) if text else lately(user)
    template = "applications/search.html#results" if is_htmx(request) else "applications/search.html"
    return render(request, template, {"q": text, "found": found})
