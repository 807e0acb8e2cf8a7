"""People whom a student knows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from accounts.models import Scope
from api.etags import expect, fresh
from api.paging import USUAL, After, Limit, part
from api.problems import Problem
from api.shapes.base import Page, checked
from api.shapes.people import ContactChange, ContactFacts, ContactShape
from api.views.access import needs, person
from api.views.once import once
from outreach.actions.people import Facts, add_contact, delete_contact, edit_contact
from outreach.models import Contact
from tracker.lib import clock

router = Router(tags=["People"])

_FACTS = ("name", "how", "work", "email", "url", "source", "why", "country", "team_id", "next_step", "next_on")


@router.get("", response=Page[ContactShape], summary="List people, the newest first")
@needs(Scope.PEOPLE)
def everybody(request: HttpRequest, after: After = "", limit: Limit = USUAL) -> Page[ContactShape]:
    """Only one's own; nobody else ever sees them."""
    return part(_own(request), after=after, limit=limit, told=told)


@router.post("", response={201: ContactShape}, summary="Add somebody")
@needs(Scope.PEOPLE, Scope.WRITE)
@once
def add(request: HttpRequest, body: ContactFacts) -> Status[ContactShape]:
    """With the source that you have them from."""
    made = add_contact(
        facts=Facts(**checked(Contact(student=person(request)), body.said())), by=person(request), at=clock.now()
    )
    return Status(201, told(_one(request, made.public_id)))


@router.get("/{id}", response=ContactShape, summary="Read one")
@needs(Scope.PEOPLE)
def read(request: HttpRequest, id: str, response: HttpResponse) -> Any:  # noqa: A002, ANN401
    """With their ETag."""
    return fresh(request, response, told(_one(request, id)))


@router.patch("/{id}", response=ContactShape, summary="Change some of it")
@needs(Scope.PEOPLE, Scope.WRITE)
def change(request: HttpRequest, id: str, body: ContactChange) -> ContactShape:  # noqa: A002
    """Only what is sent is changed."""
    found = _one(request, id)
    expect(request, told(found))
    present = {name: getattr(found, name) for name in _FACTS}
    edit_contact(contact=found, facts=Facts(**{**present, **checked(found, body.said())}), by=person(request))
    return told(_one(request, id))


@router.delete("/{id}", response={204: None}, summary="Forget somebody, with what was said")
@needs(Scope.PEOPLE, Scope.WRITE)
def forget(request: HttpRequest, id: str) -> Status[None]:  # noqa: A002
    """There is no way back."""
    found = _one(request, id)
    expect(request, told(found))
    delete_contact(contact=found, by=person(request))
    return Status(204, None)


def told(one: Contact) -> ContactShape:
    """Return somebody as they are told."""
    same = {name: getattr(one, name) for name in ContactShape.model_fields if name not in {"id", "company"}}
    company = one.company.name if one.company else None
    return ContactShape.model_construct(**same, id=one.public_id, company=company)


def _own(request: HttpRequest) -> Any:  # noqa: ANN401 - a queryset
    return Contact.objects.visible_to(person(request)).select_related("company")


def _one(request: HttpRequest, public_id: str) -> Contact:
    found: Contact | None = _own(request).filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise Problem(404, "You have nobody of this id among your people.")
    return found
