"""Hands one delivery over: a signed POST, of whose answer only the status is looked at."""

import datetime as dt
import time
from dataclasses import dataclass

from django.conf import settings

from tracker.lib.reaching import Question, ReachError, reached, wait_of
from webhooks.addresses import destination
from webhooks.models import Webhook, WebhookDelivery
from webhooks.payloads import name_of
from webhooks.signing import signed

GONE = 410
_HEADERS = {"Content-Type": "application/json", "User-Agent": "Waymark (webhooks)", "Accept": "*/*"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a try: the status (None: no answer), a sentence, and after how many seconds to come back."""

    status: int | None
    said: str
    milliseconds: int
    wait: int = 0

    @property
    def is_well(self) -> bool:
        """Whether it arrived: any 2xx. A redirect is none, for it is not followed."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - the class of statuses


def send(webhook: Webhook, delivery: WebhookDelivery, *, at: dt.datetime) -> Answer:
    """Send it, whatever comes of it; nothing of this raises because of the other side."""
    began = time.monotonic()
    try:
        status, wait = _post(webhook, delivery, at)
    except ReachError as error:
        return Answer(None, error.sentence[:200], _since(began))
    return Answer(status, f"It answered {status}.", _since(began), wait)


def _post(webhook: Webhook, delivery: WebhookDelivery, at: dt.datetime) -> tuple[int, int]:
    parts, number = destination(webhook.url)
    body = delivery.body.encode()
    salts = [webhook.salt]
    if webhook.old_until and webhook.old_until > at:
        salts.append(webhook.old_salt)
    headers = _HEADERS | signed(salts=salts, name=name_of(delivery), at=at, body=body)
    question = Question(parts, number, headers, method="POST", body=body)
    with reached(question, seconds=settings.WAYMARK_WEBHOOK_SECONDS) as answer:
        return answer.status, wait_of(answer)


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
