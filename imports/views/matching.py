"""The second page: what each column is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.stage import ENTRY_CHOICES
from applications.views.roles import person
from imports.actions import match_columns
from imports.forms import MatchForm
from imports.planning.fields import GROUPS
from imports.queries.matching import guesses_for
from imports.reading import FORMATS
from imports.views.loading import OPEN, on, own
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import sent


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask what the columns are, or make the plan."""
    file, user = own(request, public_id), person(request)
    if file.state not in OPEN:
        return on(file)
    form = MatchForm(sent(request), file=file, guesses=guesses_for(file, user))
    if form.is_valid() and _matched(request, form):
        return redirect("imports:review", file.public_id)
    groups = [(label, list(fields.items())) for label, fields in GROUPS.items()]
    shown = {"form": form, "file": file, "format": FORMATS[file.format].label, "groups": groups}
    return render(request, "imports/match.html", shown | {"entries": ENTRY_CHOICES}, status=form.status)


def _matched(request: HttpRequest, form: MatchForm) -> bool:
    """Say whether the plan is made; where the import went on in another tab, that is what one is led to."""
    try:
        form.act(match_columns, file=form.file, by=person(request), at=clock.now(), **form.answers())
    except StaleError:
        return True
    return not form.errors
