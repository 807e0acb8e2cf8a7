"""The table of one's applications."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.forms.table import TableForm
from applications.queries.table import table as gather
from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.http import is_htmx
from tracker.lib.ids import read_public_id


@require_safe
@students_only
def table(request: HttpRequest) -> HttpResponse:
    """List applications by what is asked for; htmx gets the results, or the next rows."""
    user, form = person(request), TableForm(request.GET)
    asked, after = form.filters(), read_public_id(request.GET.get("after", ""))
    page = gather(user, asked, after=after, on=clock.today(user), size=settings.WAYMARK_TABLE_PAGE)
    template = "applications/table.html"
    if is_htmx(request):
        template += "#rows" if request.headers.get("HX-Target") == "more" else "#results"
    return render(request, template, {"form": form, "asked": asked, "page": page})
