"""Interview rounds, and the offer of an application."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from accounts.models import Scope
from api.etags import expect, fresh
from api.paging import USUAL, After, Limit, part
from api.problems import Problem
from api.shapes.applications import OfferFacts, OfferShape, RoundFacts, RoundShape
from api.shapes.base import Page, checked
from api.views import applications
from api.views.access import needs, person
from api.views.once import once
from applications.actions.offers import note_offer
from applications.actions.rounds import add_round, delete_round, edit_round
from applications.models import InterviewRound, Offer
from tracker.lib import clock

router = Router(tags=["Rounds and offers"])


@router.get("/rounds", response=Page[RoundShape], summary="List rounds of all applications, the newest first")
@needs(Scope.READ)
def every(request: HttpRequest, after: After = "", limit: Limit = USUAL) -> Page[RoundShape]:
    """Those without a day are expected."""
    return part(_own(request), after=after, limit=limit, told=told)


@router.get("/applications/{id}/rounds", response=Page[RoundShape], summary="List the rounds of one application")
@needs(Scope.READ)
def of_one(request: HttpRequest, id: str, after: After = "", limit: Limit = USUAL) -> Page[RoundShape]:  # noqa: A002
    """Read them with the newest first."""
    found = _own(request).filter(application=applications.one(request, id))
    return part(found, after=after, limit=limit, told=told)


@router.post("/applications/{id}/rounds", response={201: RoundShape}, summary="Add a round")
@needs(Scope.READ, Scope.WRITE)
@once
def add(request: HttpRequest, id: str, body: RoundFacts) -> Status[RoundShape]:  # noqa: A002
    """Add it with its plan of preparation, as on the page."""
    made = add_round(
        application=applications.one(request, id),
        details={
            "kind": body.kind,
            **checked(InterviewRound(zone=person(request).time_zone), body.said(), settle=_settle),
        },
        by=person(request),
        at=clock.now(),
    )
    return Status(201, told(_one(request, made.public_id)))


@router.get("/rounds/{id}", response=RoundShape, summary="Read one")
@needs(Scope.READ)
def read(request: HttpRequest, id: str, response: HttpResponse) -> Any:  # noqa: A002, ANN401
    """With its ETag."""
    return fresh(request, response, told(_one(request, id)))


@router.patch("/rounds/{id}", response=RoundShape, summary="Change some of it")
@needs(Scope.READ, Scope.WRITE)
def change(request: HttpRequest, id: str, body: RoundFacts) -> RoundShape:  # noqa: A002
    """Reminders follow the new time."""
    found = _one(request, id)
    expect(request, told(found))
    details = checked(found, body.said(), settle=_settle)
    edit_round(interview=found, details=details, version=found.version, by=person(request), at=clock.now())
    return told(_one(request, id))


@router.delete("/rounds/{id}", response={204: None}, summary="Delete one, with its preparation and debrief")
@needs(Scope.READ, Scope.WRITE)
def delete(request: HttpRequest, id: str) -> Status[None]:  # noqa: A002
    """There is no way back."""
    found = _one(request, id)
    expect(request, told(found))
    delete_round(interview=found, by=person(request), at=clock.now())
    return Status(204, None)


@router.get("/applications/{id}/offer", response=OfferShape, summary="Read the offer")
@needs(Scope.READ)
def offer(request: HttpRequest, id: str, response: HttpResponse) -> Any:  # noqa: A002, ANN401
    """404 while nothing is noted of one."""
    return fresh(request, response, _offer_told(id, _offer(request, id)))


@router.put("/applications/{id}/offer", response=OfferShape, summary="Note what they offer")
@needs(Scope.READ, Scope.WRITE)
def note(request: HttpRequest, id: str, body: OfferFacts) -> OfferShape:  # noqa: A002
    """Only what is sent is changed."""
    application = applications.one(request, id)
    known = Offer.objects.visible_to(person(request)).filter(application=application).first()
    if known:
        expect(request, _offer_told(id, known))
    details, version = checked(known or Offer(application=application), body.said()), known.version if known else 0
    note_offer(application=application, details=details, version=version, by=person(request), at=clock.now())
    return _offer_told(id, _offer(request, id))


def told(one: InterviewRound) -> RoundShape:
    """Return a round as it is told."""
    same = {name: getattr(one, name) for name in RoundShape.model_fields if name not in {"id", "application", "time"}}
    time = f"{one.time:%H:%M}" if one.time else None
    return RoundShape.model_construct(**same, id=one.public_id, application=one.application.public_id, time=time)


def _own(request: HttpRequest) -> Any:  # noqa: ANN401 - a queryset
    return InterviewRound.objects.visible_to(person(request)).select_related("application")


def _one(request: HttpRequest, public_id: str) -> InterviewRound:
    found: InterviewRound | None = _own(request).filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise Problem(404, "You have no round of this id.")
    return found


def _settle(draft: InterviewRound) -> None:
    draft.starts_at = draft.derived_start()


def _offer(request: HttpRequest, public_id: str) -> Offer:
    application = applications.one(request, public_id)
    found = Offer.objects.visible_to(person(request)).filter(application=application).first()
    if found is None:
        raise Problem(404, "Nothing is noted of an offer.")
    return found


def _offer_told(public_id: str, one: Offer) -> OfferShape:
    same = {name: getattr(one, name) for name in OfferShape.model_fields if name != "application"}
    return OfferShape.model_construct(**same, application=public_id)
