"""Answers to a change of stage: two columns for the board, a redirect for a plain form, 409 for a stale tab."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from applications.models import Application, Undo
from applications.queries.board import BoardFilter, columns, place
from applications.queries.stage import expects_answer_day, expects_round
from applications.stage import ACTIVE, Stage
from applications.views.board import board_under
from applications.views.parts import QUIETLY, answer
from applications.views.roles import person
from applications.views.told import tell, undo_url
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import CONFLICT, is_htmx, local_path


def application_url(application: Application) -> str:
    """Return the address of an application's page."""
    return _url("detail", application)


def changed(
    request: HttpRequest, application: Application, undo: Undo | None, *, came_from: str, text: str
) -> HttpResponse:
    """Show what a change made of the page it came from."""
    asked, more = board_under(request), _more(application) if undo else {}
    if asked is not None:
        context = {"text": text, "undo_url": undo_url(undo), **more, **_columns(request, asked, application, came_from)}
        context["live"] = context["live"] or text
        return answer(request, "applications/_moved.html", context, headers=QUIETLY)
    tell(request, text, undo=undo, **more)
    url = local_path(request, default=application_url(application))
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _more(application: Application) -> dict[str, str]:
    """Return the one thing that is worth noting on entering a stage, as a toast takes it."""
    if expects_round(application):
        return {"more_url": _url("round-add", application), "more_label": "Add the first round"}
    if expects_answer_day(application):
        return {"more_url": _url("offer-edit", application), "more_label": "Note the answer date"}
    return {}


def _url(name: str, application: Application) -> str:
    return reverse(f"applications:{name}", args=[application.public_id])


def stale(request: HttpRequest, application: Application, error: StaleError, *, came_from: str) -> HttpResponse:
    """Answer 409 with the sentence and the present state; 404 when the application is gone."""
    try:
        application.refresh_from_db(fields=["stage", "outcome", "stage_since"])
    except Application.DoesNotExist:
        raise Http404 from None
    asked = board_under(request)
    if asked is not None:
        context = _columns(request, asked, application, came_from)
        events = {
            "waymark:close-dialog": {},
            "waymark:trouble": {"text": f"{application.company.name}: {error.sentence}"},
        }
        headers = {"HX-Trigger": json.dumps(events), "HX-Reswap": "none"}
        context["live"] = ""
        return answer(request, "applications/_moved.html", context, status=CONFLICT, headers=headers)
    context = {"application": application, "error": error.sentence, "url": application_url(application)}
    context["in_dialog"] = is_htmx(request)
    part = "applications/stale.html#body" if is_htmx(request) else "applications/stale.html"
    return render(request, part, context, status=CONFLICT)


def _columns(request: HttpRequest, asked: BoardFilter, application: Application, *stages: str) -> dict[str, Any]:
    """Gather the columns of these stages and of the present one, which shows as much as it needs to hold the card."""
    user, on, spoken = person(request), clock.today(person(request)), ""
    if application.stage != Stage.CLOSED:
        number, of = place(user, asked, application, on=on)
        asked = asked.with_room(application.stage, number)
        where = f", {number} of {of}" if number else ""
        spoken = f"{application.title}, {application.company.name}, moved to {application.look.label}{where}"
    shown = {request.POST.get("seen"), request.POST.get("stage")}  # where the page had the card, and put it meanwhile
    touched = [stage for stage in ACTIVE if stage in {*stages, *shown, application.stage}]
    return {"board": columns(user, asked, on=on, stages=touched), "asked": asked, "live": spoken}
