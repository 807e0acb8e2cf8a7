"""A person makes, changes, pauses and deletes webhooks, asks for a test and for one more try."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.fields import validate_web_url
from tracker.lib.reaching import ReachError
from webhooks.addresses import destination
from webhooks.models import PING, Webhook, WebhookDelivery
from webhooks.signing import new_salt, secret_of

_PAUSED = "It is told nothing now. Resume it first."


def make_webhook(*, person: User, name: str, url: str, events: Sequence[str], at: dt.datetime) -> tuple[Webhook, str]:
    """Make one and return it with its secret, which is shown this once; a test is on its way to it.

    The same again within WAYMARK_SAME_CLICK is the other half of a double click and gets the first one.
    """
    name = _clean(name)
    _check(url)
    with transaction.atomic():
        # Two forms at once would pass the limit together.
        User.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
        mine = Webhook.objects.visible_to(person)
        known = mine.filter(name=name, url=url, made_at__gte=at - settings.WAYMARK_SAME_CLICK).first()
        if known:
            return known, secret_of(known.salt)
        if mine.count() >= settings.WAYMARK_WEBHOOKS:
            raise DomainError(f"You have {settings.WAYMARK_WEBHOOKS} webhooks. Delete one first.")
        told = {"name": name, "url": url, "events": sorted(set(events))}
        webhook = Webhook.objects.create(person=person, made_at=at, free_at=at, **told)
        _ping(webhook, at)
    return webhook, secret_of(webhook.salt)


def edit_webhook(*, webhook: Webhook, name: str, url: str, events: Sequence[str], by: User) -> Webhook:
    """Change what it is called, where it is and what it is told of; the secret stays."""
    name = _clean(name)
    if url != webhook.url:
        _check(url)
    with transaction.atomic():
        held = _held(webhook, by)
        held.name, held.url, held.events = name, url, sorted(set(events))
        held.rests_until, held.troubles, held.troubled_since = None, 0, None
        held.save(update_fields=["name", "url", "events", "rests_until", "troubles", "troubled_since"])
    return held


def renew_secret(*, webhook: Webhook, by: User, at: dt.datetime) -> str:
    """Return a new secret; for a day the one before signs as well."""
    with transaction.atomic():
        held = _held(webhook, by)
        held.old_salt, held.old_until = held.salt, at + settings.WAYMARK_WEBHOOK_OLD_SECRET
        held.salt = new_salt()
        held.save(update_fields=["salt", "old_salt", "old_until"])
    return secret_of(held.salt)


@transaction.atomic
def pause(*, webhook: Webhook, by: User) -> None:
    """Write nothing down for it from now on, and send nothing; what waits goes on waiting."""
    held = _held(webhook, by)
    held.off = held.off or Webhook.Off.PAUSED
    held.save(update_fields=["off"])


@transaction.atomic
def resume(*, webhook: Webhook, by: User) -> None:
    """Tell it of what happens from now on, and send what waits."""
    held = _held(webhook, by)
    held.off, held.rests_until, held.troubles, held.troubled_since = Webhook.Off.NO, None, 0, None
    held.save(update_fields=["off", "rests_until", "troubles", "troubled_since"])


def delete_webhook(*, webhook: Webhook, by: User) -> None:
    """Delete it with its log; a second click finds none, which is no mistake."""
    Webhook.objects.visible_to(by).filter(pk=webhook.pk).delete()


@transaction.atomic
def ping(*, webhook: Webhook, by: User, at: dt.datetime) -> WebhookDelivery:
    """Write a test down, to be sent at once; one that waits already is that one."""
    held = _held(webhook, by)
    if held.off:
        raise DomainError(_PAUSED)
    held.rests_until = None
    held.save(update_fields=["rests_until"])
    waiting = WebhookDelivery.objects.filter(webhook=held, type=PING, state=WebhookDelivery.State.DUE).first()
    if waiting is None:
        return _ping(held, at)
    _again(waiting, at)
    return waiting


@transaction.atomic
def send_again(*, delivery: WebhookDelivery, by: User, at: dt.datetime) -> WebhookDelivery:
    """Let a delivery be tried anew from the first try on, under its own webhook-id and with what was sent before."""
    held = _held(delivery.webhook, by)
    if held.off:
        raise DomainError(_PAUSED)
    fresh = WebhookDelivery.objects.filter(webhook=held, pk=delivery.pk).select_for_update(no_key=True).first()
    if fresh is None:
        raise StaleError("This delivery is not in the log any more.")
    held.rests_until = None
    held.save(update_fields=["rests_until"])
    _again(fresh, at)
    return fresh


def forget_deliveries(*, at: dt.datetime) -> int:
    """Delete what was told long ago, arrived or not; return how many."""
    return WebhookDelivery.objects.filter(made_at__lt=at - settings.WAYMARK_WEBHOOK_KEPT).delete()[0]


def _again(delivery: WebhookDelivery, at: dt.datetime) -> None:
    delivery.state, delivery.attempts, delivery.due_at = WebhookDelivery.State.DUE, 0, at
    delivery.save(update_fields=["state", "attempts", "due_at"])


def _ping(webhook: Webhook, at: dt.datetime) -> WebhookDelivery:
    return WebhookDelivery.objects.create(
        public_id=uuid.uuid4().hex,
        webhook=webhook,
        type=PING,
        facts={},
        state=WebhookDelivery.State.DUE,
        attempts=0,
        due_at=at,
        made_at=at,
    )


def _held(webhook: Webhook, by: User) -> Webhook:
    held = Webhook.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=webhook.pk).first()
    if held is None:
        raise StaleError("This webhook was deleted in another tab.")
    return held


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise DomainError("Enter what it is for, in letters and digits.", field="name")
    return name


def _check(url: str) -> None:
    try:
        validate_web_url(url)
        destination(url)
    except ValidationError as error:
        raise DomainError(error.messages[0], field="url") from None
    except ReachError as error:
        raise DomainError(error.sentence, field="url") from None
