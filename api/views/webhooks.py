"""Webhooks: made, listed and deleted; what they were told, and telling it again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from accounts.models import Scope
from api.etags import expect, fresh
from api.paging import USUAL, After, Limit, part
from api.problems import Problem
from api.shapes.base import Page
from api.shapes.webhooks import DeliveryShape, MadeWebhook, NewWebhook, WebhookShape
from api.views.access import needs, person
from tracker.lib import clock
from tracker.lib.ids import read_public_id
from tracker.lib.nudging import nudge
from webhooks.actions import keeping
from webhooks.models import EventType, Webhook, WebhookDelivery

_TASK = "webhooks.send"

router = Router(tags=["Webhooks"])


@router.get("/webhooks", response=Page[WebhookShape], summary="List webhooks, the newest first")
@needs(Scope.WEBHOOKS)
def list_webhooks(request: HttpRequest, after: After = "", limit: Limit = USUAL) -> Page[WebhookShape]:
    """There are five at most."""
    return part(Webhook.objects.visible_to(person(request)), after=after, limit=limit, told=told)


# Not repeatable by a key: the answer is kept then, and the secret with it.
@router.post("/webhooks", response={201: MadeWebhook}, summary="Make a webhook", openapi_extra={"x-anew": True})
@needs(Scope.WEBHOOKS)
def make(request: HttpRequest, body: NewWebhook) -> Status[MadeWebhook]:
    """Learn its secret, this once; a test is on its way to it."""
    made, secret = keeping.make_webhook(person=person(request), at=clock.now(), **body.said())
    nudge(_TASK)
    return Status(201, MadeWebhook.model_construct(**dict(told(made)), secret=secret))


@router.get("/webhooks/{id}", response=WebhookShape, summary="Read one")
@needs(Scope.WEBHOOKS)
def read(request: HttpRequest, id: str, response: HttpResponse) -> Any:  # noqa: A002, ANN401 - as the address calls it
    """With its ETag."""
    return fresh(request, response, told(_one(request, id)))


@router.delete("/webhooks/{id}", response={204: None}, summary="Delete one, with its log")
@needs(Scope.WEBHOOKS)
def delete(request: HttpRequest, id: str) -> Status[None]:  # noqa: A002
    """There is no way back."""
    found = _one(request, id)
    expect(request, told(found))
    keeping.delete_webhook(webhook=found, by=person(request))
    return Status(204, None)


@router.get("/webhooks/{id}/deliveries", response=Page[DeliveryShape], summary="Read what it was told")
@needs(Scope.WEBHOOKS)
def log(request: HttpRequest, id: str, after: After = "", limit: Limit = USUAL) -> Page[DeliveryShape]:  # noqa: A002
    """Of the last 30 days, the newest first."""
    found = WebhookDelivery.objects.filter(webhook=_one(request, id))
    return part(found, after=after, limit=limit, told=delivery_told)


@router.post("/deliveries/{id}/replay", response=DeliveryShape, summary="Tell it again")
@needs(Scope.WEBHOOKS)
def replay(request: HttpRequest, id: str) -> DeliveryShape:  # noqa: A002
    """Send the same body under the same webhook-id, tried as often as at first."""
    mine = WebhookDelivery.objects.visible_to(person(request)).select_related("webhook")
    found = mine.filter(public_id=read_public_id(id)).first()
    if found is None:
        raise Problem(404, "You have no delivery of this id.")
    sent = keeping.send_again(delivery=found, by=person(request), at=clock.now())
    nudge(_TASK)
    return delivery_told(sent)


def told(one: Webhook) -> WebhookShape:
    """Return a webhook as it is told."""
    same = {name: getattr(one, name) for name in ("name", "url", "made_at")}
    events = [EventType(event) for event in one.events]
    return WebhookShape.model_construct(**same, id=one.public_id, events=events, off=Webhook.Off(one.off))


def delivery_told(one: WebhookDelivery) -> DeliveryShape:
    """Return a delivery as it is told."""
    same = {name: getattr(one, name) for name in ("type", "attempts", "said", "made_at")}
    state = WebhookDelivery.State(one.state)
    due_at = one.due_at if state == WebhookDelivery.State.DUE else None
    return DeliveryShape.model_construct(**same, id=one.public_id, state=state, due_at=due_at)


def _one(request: HttpRequest, public_id: str) -> Webhook:
    found = Webhook.objects.visible_to(person(request)).filter(public_id=read_public_id(public_id)).first()
    if found is None:
        raise Problem(404, "You have no webhook of this id.")
    return found
