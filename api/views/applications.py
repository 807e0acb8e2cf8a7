"""Applications: listed, added, changed, moved, deleted."""

import datetime as dt
import uuid
from typing import Annotated, Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field

from accounts.models import Scope
from api.etags import expect, fresh
from api.paging import USUAL, After, Limit, part
from api.problems import Problem
from api.shapes.applications import ApplicationShape, Facts, Move, NewApplication
from api.shapes.base import Page, Text, checked
from api.views.access import needs, person
from api.views.once import once
from applications.actions import stages
from applications.actions.adding import add_application
from applications.actions.editing import delete_application, edit_application
from applications.actions.events import add_stage
from applications.models import Application, ApplicationQuerySet
from applications.stage import Outcome, Stage, entry_word
from companies.models import Season
from tracker.lib import clock

router = Router(tags=["Applications"])

Words = Annotated[Text, Field(max_length=200, description="Parts of company and role, all of which are in it.")]


@router.get("", response=Page[ApplicationShape], summary="List applications, the newest first")
@needs(Scope.READ)
def list_applications(  # noqa: PLR0917 - what may narrow the list
    request: HttpRequest,
    q: Words = "",
    stage: Stage | None = None,
    tag: Text = "",
    updated_since: dt.datetime | None = None,
    after: After = "",
    limit: Limit = USUAL,
) -> Page[ApplicationShape]:
    """Narrow by words of company and role, by stage, by tag, and by when something of it last changed."""
    found = own(request)
    for word in q.split():
        found = found.filter(
            Q(company__name__icontains=word) | Q(company__slug__icontains=word) | Q(role__icontains=word)
        )
    if stage:
        found = found.filter(stage=stage)
    if tag:
        found = found.filter(tags__contains=[tag])
    if updated_since:
        found = found.filter(updated_at__gte=aware(updated_since))
    return part(found, after=after, limit=limit, told=told)


@router.post("", response={201: ApplicationShape}, summary="Add an application")
@needs(Scope.READ, Scope.WRITE)
@once
def add(request: HttpRequest, body: NewApplication) -> Status[ApplicationShape]:
    """Name the company, or give the link of the posting: then what the list knows of it is filled in."""
    facts = body.said("company", "stage", "applied_on", "role")
    with transaction.atomic():
        application = add_application(
            student=person(request),
            company_or_link=body.company,
            role=body.role,
            stage=body.stage,
            request_key=uuid.uuid4(),
            at=clock.now(),
            on=clock.today(person(request)),
            applied_on=body.applied_on,
        )
        if facts:
            edit(request, application, facts)
    return Status(201, told(one(request, application.public_id)))


@router.get("/{id}", response=ApplicationShape, summary="Read one")
@needs(Scope.READ)
def read(request: HttpRequest, id: str, response: HttpResponse) -> Any:  # noqa: A002, ANN401 - as the address calls it
    """With its ETag, for If-None-Match here and If-Match at a change."""
    return fresh(request, response, told(one(request, id)))


@router.patch("/{id}", response=ApplicationShape, summary="Change some of what it says")
@needs(Scope.READ, Scope.WRITE)
def change(request: HttpRequest, id: str, body: Facts) -> ApplicationShape:  # noqa: A002
    """Only what is sent is changed; its stage is moved elsewhere."""
    application = one(request, id)
    expect(request, told(application))
    edit(request, application, body.said())
    return told(one(request, id))


@router.delete("/{id}", response={204: None}, summary="Delete one, with all that belongs to it")
@needs(Scope.READ, Scope.WRITE)
def delete(request: HttpRequest, id: str) -> Status[None]:  # noqa: A002
    """There is no way back."""
    application = one(request, id)
    expect(request, told(application))
    delete_application(application=application, by=person(request), at=clock.now())
    return Status(204, None)


@router.post("/{id}/stage", response=ApplicationShape, summary="Move it")
@needs(Scope.READ, Scope.WRITE)
def move(request: HttpRequest, id: str, body: Move) -> ApplicationShape:  # noqa: A002
    """To an open stage, to `closed` with an outcome, or accept its offer; from `closed` it is opened again."""
    application = one(request, id)
    expect(request, told(application))
    when: dict[str, Any] = {"by": person(request), "at": clock.now(), "on": _day(request, body)}
    if when["on"] < application.stage_since:
        _put_in(application, body, when)
    elif body.stage == Stage.CLOSED:
        stages.close(application=application, outcome=body.outcome or "", reason=body.reason, **when)
    elif body.outcome == Outcome.ACCEPTED:
        stages.accept_offer(application=application, **when)
    elif body.outcome:
        raise Problem(422, "Only what is closed, or an offer, has an outcome.", errors={"outcome": "Leave it out."})
    else:
        stages.move(application=application, to=body.stage, **when)
    return told(one(request, id))


def _put_in(application: Application, body: Move, when: dict[str, Any]) -> None:
    """Put an earlier day into the history, from which the stage follows, as on the page of the timeline."""
    with transaction.atomic():
        add_stage(application=application, entered=entry_word(body.stage, body.outcome or ""), **when)
        application.refresh_from_db()
        if body.reason and application.stage == Stage.CLOSED:
            stages.close(application=application, outcome=application.outcome, reason=body.reason, **when)


def own(request: HttpRequest) -> ApplicationQuerySet:
    """Return the applications of whoever asks, with what is told of them."""
    return Application.objects.visible_to(person(request)).select_related("company", "team", "season")


def one(request: HttpRequest, public_id: str) -> Application:
    """Return one of them; Problem 404 for any other."""
    found = own(request).filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise Problem(404, "You have no application of this id.")
    return found


def edit(request: HttpRequest, application: Application, facts: dict[str, Any]) -> None:
    """Change what was sent; a season is named by its name."""
    season = facts.pop("season", ...)
    details = checked(application, facts)
    if season is not ...:
        details["season_id"] = _season(season) if season else None
    edit_application(
        application=application, details=details, version=application.version, by=person(request), at=clock.now()
    )


def told(one: Application) -> ApplicationShape:
    """Return an application as it is told."""
    return ApplicationShape.model_construct(
        **{name: getattr(one, name) for name in _SAME},
        id=one.public_id,
        company=one.company.name,
        company_slug=one.company.slug,
        team=one.team.name if one.team else None,
        season=one.season.name if one.season else None,
        stage=Stage(one.stage),
        outcome=Outcome(one.outcome) if one.outcome else None,
    )


_ELSEWHERE = {"id", "company", "company_slug", "team", "season", "stage", "outcome"}
_SAME = [name for name in ApplicationShape.model_fields if name not in _ELSEWHERE]


def aware(moment: dt.datetime) -> dt.datetime:
    """Return an instant; one that names no zone is in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _day(request: HttpRequest, body: Move) -> dt.date:
    today = clock.today(person(request))
    if body.on and body.on > today:
        raise Problem(422, "Enter a day up to today.", errors={"on": "This day is ahead."})
    return body.on or today


def _season(name: str) -> int:
    key = Season.objects.filter(name=name).values_list("pk", flat=True).first()
    if key is None:
        raise Problem(422, "There is no season of this name.", errors={"season": "Unknown."})
    return key
