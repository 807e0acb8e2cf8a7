"""One's season as a sheet for paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.forms.sheet import ALL, SheetForm
from applications.queries.insights import Choice, seasons_of
from applications.queries.sheet import sheet
from applications.queries.window import windows_of
from applications.views.roles import person, students_only
from tracker.lib import clock


@require_safe
@students_only
def page(request: HttpRequest) -> HttpResponse:
    """Show a season, the latest unless told otherwise, or all of them; with private notes on wish."""
    user, notes = person(request), request.GET.get("notes") == "1"
    seasons = seasons_of(user)
    chosen = _chosen(request.GET.get("season", ""), seasons)
    window = next((one for one in windows_of(user) if chosen and one.season_id == chosen.key), None)
    shown = {
        "sheet": sheet(user, chosen, window, notes=notes),
        "form": SheetForm(seasons=seasons, season=chosen, notes=notes),
        "chosen": chosen,
        "notes": notes,
        "on": clock.today(user),
    }
    return render(request, "applications/sheet.html", shown)


def _chosen(slug: str, seasons: list[Choice]) -> Choice | None:
    """Return the season that the address names, else the latest; None for all. 404 for one that is not theirs."""
    if slug == ALL or not (slug or seasons):
        return None
    found = next((one for one in seasons if slug in {"", one.slug}), None)
    if found is None:
        raise Http404
    return found
