"""Takes what is due, sends it outside any transaction, and writes down how it went.

A lease lies on the webhook, not on the delivery: an address is told one thing at a time, so that a slow one holds up
nothing but its own, and whoever was served longest ago comes first. Who dies with a lease loses it after two minutes.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from reminders.actions.telling import tell_at_once
from reminders.models import Kind
from reminders.plan import retry_after
from webhooks.models import Webhook, WebhookAttempt, WebhookDelivery
from webhooks.payloads import body_of
from webhooks.sending import GONE, Answer, send

log = structlog.get_logger(__name__)

_LOST = "Sending it was interrupted, each time."
_OLD = "It waited for longer than three days."

type Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Lease:
    """A delivery in one worker's hands, until then."""

    webhook: Webhook
    delivery: WebhookDelivery
    until: dt.datetime


def run_due(*, clock: Clock) -> int:
    """Send what is due until nothing is, or time is over; return how many tries there were."""
    ends, tries = clock() + settings.WAYMARK_WEBHOOK_ROUND, 0
    give_up_old(at=clock())
    while clock() < ends and (lease := claim(at=clock())) is not None:
        answer = send(lease.webhook, lease.delivery, at=clock())
        finish(lease, answer, at=clock())
        tries += 1
    return tries


def give_up_old(*, at: dt.datetime) -> None:
    """Give up what took its worker along at every try, and what nobody could try for days: it is no news any more."""
    due = WebhookDelivery.objects.filter(state=WebhookDelivery.State.DUE, due_at__lte=at)
    lost = due.filter(attempts__gt=len(settings.WAYMARK_WEBHOOK_RETRIES), webhook__free_at__lte=at)
    lost.update(state=WebhookDelivery.State.GIVEN_UP, said=_LOST)
    old = due.filter(due_at__lt=at - settings.WAYMARK_WEBHOOK_USEFUL)
    old.update(state=WebhookDelivery.State.GIVEN_UP, said=_OLD)


def claim(*, at: dt.datetime) -> Lease | None:
    """Take the delivery that waits longest at the webhook that was served longest ago; None when nothing is due."""
    most = len(settings.WAYMARK_WEBHOOK_RETRIES)
    due = WebhookDelivery.objects.filter(state=WebhookDelivery.State.DUE, due_at__lte=at, attempts__lte=most)
    rested = Q(rests_until=None) | Q(rests_until__lte=at)
    free = Webhook.objects.filter(rested, off="", free_at__lte=at, person__is_active=True, person__leaving_since=None)
    with transaction.atomic():
        waiting = free.filter(Exists(due.filter(webhook=OuterRef("pk")))).select_related("person")
        webhook = (
            waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("free_at", "pk").first()
        )
        found = (
            due.filter(webhook=webhook).order_by("due_at", "pk").select_for_update(no_key=True).first()
            if webhook
            else None
        )
        if webhook is None or found is None:
            return None
        found.body = found.body or body_of(found, webhook.person)
        found.attempts += 1
        found.save(update_fields=["body", "attempts"])
        webhook.free_at = at + settings.WAYMARK_LEASE
        webhook.save(update_fields=["free_at"])
    return Lease(webhook, found, webhook.free_at)


@transaction.atomic
def finish(lease: Lease, answer: Answer, *, at: dt.datetime) -> None:
    """Write down how a try went; of one whose lease ran out meanwhile only the try itself, and that it arrived."""
    webhook = Webhook.objects.select_for_update(no_key=True).filter(pk=lease.webhook.pk).first()
    delivery = WebhookDelivery.objects.select_for_update(no_key=True).filter(pk=lease.delivery.pk).first()
    if webhook is None or delivery is None:
        return
    told = {"at": at, "status": answer.status, "milliseconds": answer.milliseconds, "said": answer.said}
    WebhookAttempt.objects.create(delivery=delivery, **told)
    if webhook.free_at == lease.until:
        webhook.free_at = at
        _note(webhook, answer, at)
    elif not answer.is_well:
        return
    _end(delivery, answer, at)


def _end(delivery: WebhookDelivery, answer: Answer, at: dt.datetime) -> None:
    minutes = settings.WAYMARK_WEBHOOK_RETRIES
    delivery.said = answer.said
    if answer.is_well:
        delivery.state = WebhookDelivery.State.SENT
    elif answer.status == GONE or delivery.attempts > len(minutes):
        delivery.state = WebhookDelivery.State.GIVEN_UP
    else:
        jitter = random.random()  # noqa: S311 - spreads tries, keeps no secret
        later = retry_after(delivery.attempts, minutes, jitter)
        delivery.due_at = at + max(later, dt.timedelta(seconds=answer.wait))
    delivery.save(update_fields=["state", "said", "due_at"])


def _note(webhook: Webhook, answer: Answer, at: dt.datetime) -> None:
    """Let an address rest after trouble, the longer the more there was, and turn it off after days of nothing else."""
    if answer.is_well:
        webhook.troubles, webhook.troubled_since, webhook.rests_until = 0, None, None
    else:
        webhook.troubles += 1
        webhook.troubled_since = webhook.troubled_since or at
        rest = min(
            settings.WAYMARK_WEBHOOK_REST * 2 ** min(webhook.troubles - 1, 10), settings.WAYMARK_WEBHOOK_REST_MOST
        )
        webhook.rests_until = at + max(rest, dt.timedelta(seconds=answer.wait))
        if not webhook.off and answer.status == GONE:
            webhook.off = Webhook.Off.GONE
        elif not webhook.off and at - webhook.troubled_since >= settings.WAYMARK_WEBHOOK_SILENT:
            webhook.off = Webhook.Off.SILENT
        if webhook.off and webhook.off != Webhook.Off.PAUSED:
            _tell_owner(webhook, at)
        log.info("webhook_not_taken", webhook=webhook.pk, status=answer.status, off=webhook.off)
    webhook.save(update_fields=["free_at", "troubles", "troubled_since", "rests_until", "off"])


def _tell_owner(webhook: Webhook, at: dt.datetime) -> None:
    """Let the bell say that it was turned off, once for each time it has been on."""
    tell_at_once(
        person=webhook.person,
        key=f"webhook_off : {webhook.public_id} : {webhook.troubled_since:%Y%m%dT%H%M%S}",
        kind=Kind.ACCESS,
        text=f"Your webhook “{webhook.name}” is turned off: nothing arrives there.",
        subject="A webhook is turned off",
        url=reverse("webhooks:webhook", args=[webhook.public_id]),
        at=at,
    )
