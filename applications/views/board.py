"""The board, whole or the columns that a change touched."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from applications.queries.asked import read
from applications.queries.board import Board, BoardFilter, columns
from applications.queries.board import board as gather
from applications.stage import ACTIVE
from applications.views.parts import DIALOG_DONE, answer
from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.http import is_htmx

MOST_SHOWN = 1_000


@require_safe
@students_only
def board(request: HttpRequest) -> HttpResponse:
    """Show the shape of the search; `?applied=40` shows more of one column, `?view=` fewer cards of all."""
    user = person(request)
    asked, target = board_filter(request.GET), request.headers.get("HX-Target", "") if is_htmx(request) else ""
    if target.removeprefix("col-") in ACTIVE:
        part = columns(user, asked, on=clock.today(user), stages=[target.removeprefix("col-")])
        return render(request, "applications/_column.html", {"column": part.columns[0]})
    page = gather(user, asked, on=clock.today(user))
    context = {"board": page, "heading": page.heading, "asked": asked.asked}
    if target == "board":
        return answer(request, "applications/_board.html", context, headers=DIALOG_DONE)
    return render(request, "applications/board.html", context)


def board_filter(query: Mapping[str, str]) -> BoardFilter:
    """Read the address; what it cannot mean is taken as not asked, and closed ones lie on the table."""
    asked, column = read(query), query.get("column", "")
    shown = {name: number for name in ACTIVE if (number := _number(query.get(name, "")))}
    view = "active" if asked.view == "closed" else asked.view
    return BoardFilter(replace(asked, view=view), column if column in ACTIVE else "", shown)


def _number(text: str | None) -> int:
    number = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004
    return min(number, MOST_SHOWN) if number > settings.WAYMARK_BOARD_PAGE else 0


def page_under(request: HttpRequest) -> str:
    """Return the path of the page from which htmx asks; nothing for a request of the browser's own."""
    return _asked_from(request).path if is_htmx(request) else ""


def address_under(request: HttpRequest) -> str:
    """Return the same with its query, where a list keeps its filters."""
    asked = _asked_from(request)
    return f"{asked.path}?{asked.query}".rstrip("?") if is_htmx(request) else ""


def _asked_from(request: HttpRequest) -> SplitResult:
    """Read the address that htmx sends along; one that cannot be read is no page of ours."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return urlsplit("")


def board_under(request: HttpRequest) -> BoardFilter | None:
    """Return what the board shows from which htmx asks; None when it asks from another page."""
    if page_under(request) != reverse("applications:board"):
        return None
    query = parse_qs(_asked_from(request).query)
    return board_filter({name: values[-1] for name, values in query.items()})


def columns_of(request: HttpRequest, *stages: str) -> Board | None:
    """Gather the columns of these stages as the board under the request shows them; None without a board."""
    asked, user = board_under(request), person(request)
    if asked is None:
        return None
    open_ones = [stage for stage in ACTIVE if stage in stages]
    return columns(user, asked, on=clock.today(user), stages=open_ones)
