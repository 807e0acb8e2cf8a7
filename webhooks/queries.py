"""What the pages of webhooks show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from tracker.lib.ids import read_public_id
from webhooks.models import Webhook, WebhookDelivery


@dataclass(frozen=True, slots=True)
class Log:
    """One page of deliveries, the newest first; after: where the next one begins, empty at the end."""

    rows: Sequence[WebhookDelivery]
    after: str


def webhooks_of(person: User) -> list[Webhook]:
    """Return all that somebody has, the newest first."""
    return list(Webhook.objects.visible_to(person).order_by("-pk"))


def log_of(webhook: Webhook, *, after: str = "") -> Log:
    """Return one page of a webhook's log; after: the id of the last delivery seen, of this webhook."""
    rows = WebhookDelivery.objects.filter(webhook=webhook).defer("body", "facts")
    if after:
        rows = rows.filter(pk__lt=rows.filter(public_id=read_public_id(after)).values("pk")[:1])
    size = settings.WAYMARK_WEBHOOK_PAGE
    found = list(rows.order_by("-pk")[: size + 1])
    return Log(found[:size], found[size - 1].public_id if len(found) > size else "")
