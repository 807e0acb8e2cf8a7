"""The list that an application was opened from: its address, and what comes before and after in it.

A page that was opened from a list knows it by the browser's Referer; its own links carry it on as `?from=`.
"""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from applications.models import Application
from applications.queries.asked import read_query
from applications.queries.neighbours import LISTS, neighbours
from applications.views.roles import person
from tracker.lib import clock

_LONGEST = 1_000


def way_back(request: HttpRequest, application: Application) -> dict[str, Any]:
    """Return the address of the list, and of the applications beside this one; without a list only the board."""
    user, came_from = person(request), _came_from(request)
    name, _, query = came_from.partition("?")
    if name not in LISTS:
        return {"list_url": reverse("applications:board")}
    before, after = neighbours(user, application, of=name, asked=read_query(query), on=clock.today(user))
    return {
        "list_url": f"{reverse(f'applications:{name}')}?{query}".rstrip("?"),
        "before": _link(before, came_from),
        "after": _link(after, came_from),
    }


def _link(public_id: str, came_from: str) -> str:
    if not public_id:
        return ""
    return f"{reverse('applications:detail', args=[public_id])}?from={quote(came_from)}"


def _came_from(request: HttpRequest) -> str:
    """Return the list as "board?view=quiet": out of the address, else out of that of the page before."""
    named = request.GET.get("from") or _referred(request)
    return named if len(named) <= _LONGEST else ""


def _referred(request: HttpRequest) -> str:
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if page.netloc != request.get_host():
        return ""
    lists = {reverse(f"applications:{name}"): name for name in LISTS}
    if page.path in lists:
        return f"{lists[page.path]}?{page.query}".rstrip("?")
    return parse_qs(page.query[:_LONGEST]).get("from", [""])[0]
