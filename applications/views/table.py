"""The table of one's applications."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.queries.asked import read
from applications.queries.table import table as gather
from applications.stage import ACTIVE, LOOKS
from applications.views.parts import DIALOG_DONE, answer
from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.http import is_htmx
from tracker.lib.ids import read_public_id

BULK_MOVES = [LOOKS[stage] for stage in ACTIVE]


@require_safe
@students_only
def table(request: HttpRequest) -> HttpResponse:
    """List applications by what is asked for; htmx gets the results. Each page of rows has an address of its own."""
    user, asked = person(request), read(request.GET)
    after = read_public_id(request.GET.get("after", ""))
    page = gather(user, asked, after=after, on=clock.today(user), size=settings.WAYMARK_TABLE_PAGE)
    context = {"asked": asked, "page": page, "heading": page.heading, "bulk_moves": BULK_MOVES}
    if not is_htmx(request):
        return render(request, "applications/table.html", context)
    return answer(request, "applications/table.html#results", context, headers=DIALOG_DONE)
