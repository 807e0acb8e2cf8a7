"""Where Ada has her group's chat told of her moves: paused since it moved elsewhere, with what it was told."""

import datetime as dt

from applications.models import Application
from tracker.demo_data.times import Days
from webhooks.models import PING, EventType, Webhook, WebhookDelivery
from webhooks.payloads import body_of

_URL = "http://127.0.0.1:9000/chat"
"""What the demo may call: whoever listens there and resumes it is told of each move."""
_MINUTE = dt.timedelta(minutes=1)
_TOLD: tuple[tuple[str, int, list[int | None]], ...] = (
    (PING, -9, [204]),
    (EventType.APPLICATION_MOVED, -6, [503, 204]),
    (EventType.ROUND_ADDED, -5, [None] * 7),
)
"""Type, day, and the status of each answer; None: there was none."""


def announce(days: Days) -> None:
    """Make a webhook with a test that arrived, a move that did at the second try, and a round that was given up."""
    ada, made_at = days.student, days.noon(-9)
    told = {"name": "My group's chat", "url": _URL, "events": EventType.values, "off": Webhook.Off.PAUSED}
    webhook = Webhook.objects.create(person=ada, made_at=made_at, free_at=made_at, **told)
    sent = Application.objects.visible_to(ada).filter(stage="applied").order_by("pk").first()
    for number, (kind, day, answers) in enumerate(_TOLD):
        at = days.noon(day)
        facts = {"application": sent.public_id} if sent and kind != PING else {}
        state = WebhookDelivery.State.SENT if answers[-1] else WebhookDelivery.State.GIVEN_UP
        one = WebhookDelivery(
            public_id=f"{number:032x}", webhook=webhook, type=kind, facts=facts, state=state, due_at=at, made_at=at
        )
        one.body, one.attempts, one.said = body_of(one, ada), len(answers), _said(answers[-1])
        one.save()
        for turn, status in enumerate(answers):
            one.tries.create(at=at + turn * _MINUTE, status=status, milliseconds=31 + turn, said=_said(status))


def _said(status: int | None) -> str:
    return f"It answered {status}." if status else "The connection broke, or none could be made."
