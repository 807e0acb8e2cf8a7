"""The insights: a page of figures with how much they can say, and each block as a file."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.queries.insights import Choice, Insights, insights, seasons_of
from applications.sheets import Value, csv_lines
from applications.views.roles import person, students_only
from tracker.lib import clock

type Table = tuple[tuple[str, ...], list[list[Value]]]


@require_safe
@students_only
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures of a season, or of all."""
    user = person(request)
    seasons = seasons_of(user)
    chosen = _chosen(request, seasons)
    view = insights(user, chosen.key if chosen else None, clock.today(user))
    shown = {"view": view, "seasons": seasons, "chosen": chosen, "query": f"?season={chosen.slug}" if chosen else ""}
    return render(request, "applications/insights.html", shown)


@require_safe
@students_only
def table(request: HttpRequest, chart: str) -> HttpResponseBase:
    """Download the numbers of one block."""
    if chart not in _TABLES:
        raise Http404
    user, on = person(request), clock.today(person(request))
    chosen = _chosen(request, seasons_of(user))
    head, rows = _TABLES[chart](insights(user, chosen.key if chosen else None, on))
    name = {"Content-Disposition": f'attachment; filename="{chart}-{on.isoformat()}.csv"'}
    return StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8", headers=name)


def _chosen(request: HttpRequest, seasons: list[Choice]) -> Choice | None:
    """Return the season that the address names; without a name, all of them. 404 for one that is not theirs."""
    slug = request.GET.get("season", "")
    found = next((one for one in seasons if one.slug == slug), None)
    if slug and found is None:
        raise Http404
    return found


def _funnel(view: Insights) -> Table:
    return ("Stage", "Came so far", "Ended there"), [[one.label, one.count, one.ended] for one in view.funnel]


def _rounds(view: Insights) -> Table:
    return ("Round", "Had it", "Ended after it"), [[one.label, one.count, one.ended] for one in view.rounds]


def _replies(view: Insights) -> Table:
    return ("Days", "Answered"), [[one.days, "Yes" if one.answered else "Waits"] for one in view.replies.waits]


def _helps(view: Insights) -> Table:
    rows: list[list[Value]] = [
        [block.label, group.label, group.sent, group.interviewed] for block in view.helps for group in block.groups
    ]
    return ("By", "Kind", "Sent", "Came to an interview"), rows


def _flow(view: Insights) -> Table:
    return ("From", "To", "Applications"), [[one.source, one.target, one.count] for one in view.flow.links]


def _weeks(view: Insights) -> Table:
    rows: list[list[Value]] = [[one.monday, one.sent, f"{one.hours:g}"] for one in view.weeks]
    return ("Week from", "Sent", "Hours of preparation"), rows


_TABLES: dict[str, Callable[[Insights], Table]] = {
    "funnel": _funnel,
    "rounds": _rounds,
    "routes": _flow,
    "reply-times": _replies,
    "what-helps": _helps,
    "effort": _weeks,
}
