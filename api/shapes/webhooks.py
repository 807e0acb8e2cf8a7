"""Webhooks and what they were told."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

from api.shapes.base import Given, Id, Inline, Text
from webhooks.models import EventType, Webhook, WebhookDelivery


class NewWebhook(Given):
    """A webhook to make. Its address is https, on port 443 or 8443, in the open net."""

    name: Annotated[Text, Field(min_length=1, max_length=80)] = Field(examples=["My group's chat"])
    url: Annotated[Text, Field(min_length=1, max_length=2_000)] = Field(examples=["https://chat.example.org/hooks/1"])
    events: Annotated[list[EventType], Field(min_length=1)] = Field(examples=[["application.moved"]])


class WebhookShape(Schema):
    """One webhook; `off` is empty while it is told."""

    id: Id
    name: str
    url: str
    events: list[EventType]
    off: Annotated[Webhook.Off, Inline()]
    made_at: dt.datetime


class MadeWebhook(WebhookShape):
    """A new webhook with its secret, which is told this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class DeliveryShape(Schema):
    """One thing that a webhook was told, or is to be told; `due_at` is when it is tried next."""

    id: str = Field(description="32 digits; the header webhook-id is msg_ and these.")
    type: str = Field(examples=["application.moved"])
    state: Annotated[WebhookDelivery.State, Inline()]
    attempts: int
    said: str = Field(examples=["It answered 503."])
    due_at: dt.datetime | None
    made_at: dt.datetime
