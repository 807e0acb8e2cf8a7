"""What happened to an application: the timeline, to which notes, e-mails, calls and interviews can be added."""

from django.http import HttpRequest
from ninja import Router, Status

from accounts.models import Scope
from api.paging import USUAL, After, Limit, part
from api.problems import Problem
from api.shapes.applications import EventShape, NewEvent
from api.shapes.base import Page
from api.views import applications
from api.views.access import needs, person
from api.views.once import once
from applications.actions.events import delete_event, log_event
from applications.models import Event
from tracker.lib import clock

router = Router(tags=["Events and notes"])


@router.get("/applications/{id}/events", response=Page[EventShape], summary="Read the timeline, the newest first")
@needs(Scope.READ)
def timeline(request: HttpRequest, id: str, after: After = "", limit: Limit = USUAL) -> Page[EventShape]:  # noqa: A002
    """In the order in which entries were made."""
    application = applications.one(request, id)
    return part(application.events.all(), after=after, limit=limit, told=told)


@router.post("/applications/{id}/events", response={201: EventShape}, summary="Log a note, e-mail, call or interview")
@needs(Scope.READ, Scope.WRITE)
@once
def log(request: HttpRequest, id: str, body: NewEvent) -> Status[EventShape]:  # noqa: A002
    """On a day up to today."""
    made = log_event(
        application=applications.one(request, id),
        kind=body.kind,
        text=body.text,
        is_shared=body.is_shared,
        on=body.on or clock.today(person(request)),
        by=person(request),
        at=clock.now(),
    )
    return Status(201, told(made))


@router.delete("/events/{id}", response={204: None}, summary="Take an entry out of the timeline")
@needs(Scope.READ, Scope.WRITE)
def take_out(request: HttpRequest, id: str) -> Status[None]:  # noqa: A002
    """Let the stage follow from what is left."""
    found = Event.objects.visible_to(person(request)).filter(public_id=id).first() if id.isalnum() else None
    if found is None:
        raise Problem(404, "You have no entry of this id.")
    delete_event(event=found, by=person(request), at=clock.now())
    return Status(204, None)


def told(one: Event) -> EventShape:
    """Return an entry as it is told."""
    same = {name: getattr(one, name) for name in EventShape.model_fields if name != "id"}
    return EventShape.model_construct(**same, id=one.public_id)
