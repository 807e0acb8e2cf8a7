"""What a delivery says: ids, stages, days and a link; no note, no name of a person, no terms of an offer.

The shapes stand in the description of the API, too. The state is that of the first try, not that of the event: a
message that arrives late or out of order does not tell of a state that is over. What the event was is in `change`.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from pydantic import BaseModel, ConfigDict

from accounts.models import User
from applications.models import Application, InterviewRound, Offer
from webhooks.models import WebhookDelivery


class ApplicationTold(BaseModel):
    """An application as it stands; `page` is its address for people."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    company: str
    role: str
    kind: str
    stage: str
    outcome: str
    stage_since: dt.date
    applied_on: dt.date | None
    closes_on: dt.date | None
    page: str
    updated_at: dt.datetime


class RoundTold(BaseModel):
    """An interview round as it stands; `starts_at` is null while day or time are unknown."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    status: str
    on: dt.date | None
    time: dt.time | None
    zone: str
    minutes: int | None
    starts_at: dt.datetime | None


class OfferTold(BaseModel):
    """The days of an offer; its terms are read over the API."""

    model_config = ConfigDict(from_attributes=True)

    answer_by: dt.date | None
    starts_on: dt.date | None
    ends_on: dt.date | None


class Change(BaseModel):
    """The move that is told of; an outcome is empty while there is none."""

    stage: str
    outcome: str
    stage_before: str
    outcome_before: str


class Told(BaseModel):
    """What it is about, by ids of the API; null what it is not about, or what is there no more."""

    application_id: str | None = None
    round_id: str | None = None
    change: Change | None = None
    application: ApplicationTold | None = None
    round: RoundTold | None = None
    offer: OfferTold | None = None


class Payload(BaseModel):
    """The body of a delivery; `id` is that of the header webhook-id, the same at every try."""

    id: str
    type: str
    timestamp: dt.datetime
    data: Told


def name_of(delivery: WebhookDelivery) -> str:
    """Return the webhook-id of a delivery."""
    return f"msg_{delivery.public_id}"


def body_of(delivery: WebhookDelivery, person: User) -> str:
    """Return the JSON of a delivery to somebody's webhook, with what they may see now."""
    facts: dict[str, Any] = delivery.facts
    told = Told(
        application_id=facts.get("application"),
        round_id=facts.get("round"),
        change=Change(**facts["change"]) if "change" in facts else None,
        application=_application(person, facts),
        round=_round(person, facts),
        offer=_offer(person, facts) if delivery.type.startswith("offer.") else None,
    )
    payload = Payload(id=name_of(delivery), type=delivery.type, timestamp=delivery.made_at, data=told)
    return payload.model_dump_json()


def _application(person: User, facts: dict[str, Any]) -> ApplicationTold | None:
    mine = Application.objects.visible_to(person).select_related("company")
    found = mine.filter(public_id=facts.get("application")).first()
    if found is None:
        return None
    same = {
        name: getattr(found, name) for name in ApplicationTold.model_fields if name not in {"id", "company", "page"}
    }
    page = settings.SITE_URL + reverse("applications:detail", args=[found.public_id])
    return ApplicationTold(**same, id=found.public_id, company=found.company.name, page=page)


def _round(person: User, facts: dict[str, Any]) -> RoundTold | None:
    found = InterviewRound.objects.visible_to(person).filter(public_id=facts.get("round")).first()
    return RoundTold.model_validate(found) if found else None


def _offer(person: User, facts: dict[str, Any]) -> OfferTold | None:
    found = Offer.objects.visible_to(person).filter(application__public_id=facts.get("application")).first()
    return OfferTold.model_validate(found) if found else None
