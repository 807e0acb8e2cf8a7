"""The outbox as an operator sees it: numbers by rule, the way to the mail server, and what was given up."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.db.models import Count, Q

from reminders.models import Delivery, MailServer, Rule
from reminders.queries.health import outbox_health

_MINUTE = dt.timedelta(minutes=1)
_HOUR = dt.timedelta(hours=1)
_SHOWN = ("due", "later", "sending", "sent", "given_up", "expired", "superseded")


@dataclass(frozen=True, slots=True)
class Line:
    """The mails of one rule."""

    name: str
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class GivenUp:
    """One mail that the server refused for good, or for a day."""

    key: int
    name: str
    error: str
    at: dt.datetime
    may_try: bool


@dataclass(frozen=True, slots=True)
class Outbox:
    """Everything on the page."""

    lines: Sequence[Line]
    total: Sequence[int]
    last_minute: int
    last_hour: int
    rate: float
    server: MailServer
    is_shut: bool
    ticked_at: dt.datetime | None
    oldest_due_at: dt.datetime | None
    given_up: Sequence[GivenUp]
    may_try_any: bool


def outbox(*, at: dt.datetime, midnight: dt.datetime) -> Outbox:
    """Return the state of all mails; `midnight` began the operator's day. What travels in another's mail counts too."""
    mails = Delivery.objects.filter(channel=Delivery.Channel.MAIL)
    rows = cast("Iterable[tuple[Any, ...]]", mails.values_list("rule").annotate(**_counts(at, midnight)))
    counted = {rule: numbers for rule, *numbers in rows}
    lines = [Line(rule.label, counted[rule.value][: len(_SHOWN)]) for rule in Rule if rule.value in counted]
    server = MailServer.objects.first() or MailServer()
    health = outbox_health(at=at)
    given_up = [
        GivenUp(row.pk, row.get_rule_display(), row.last_error, row.available_at, row.useful_until > at)
        for row in mails.filter(state=Delivery.State.FAILED).order_by("-available_at")[
            : settings.WAYMARK_GIVEN_UP_SHOWN
        ]
    ]
    return Outbox(
        lines=lines,
        total=[sum(numbers) for numbers in zip(*(line.counts for line in lines), strict=True)] or [0] * len(_SHOWN),
        last_minute=sum(numbers[-2] for numbers in counted.values()),
        last_hour=sum(numbers[-1] for numbers in counted.values()),
        rate=settings.MAIL_RATE_PER_SECOND,
        server=server,
        is_shut=server.rests_until is not None and server.rests_until > at,
        ticked_at=health.ticked_at,
        oldest_due_at=health.oldest_due_at,
        given_up=given_up,
        may_try_any=any(one.may_try for one in given_up),
    )


def _counts(at: dt.datetime, midnight: dt.datetime) -> dict[str, Count]:
    """Count first what is shown, then the mails of the last minute and hour."""
    state = Delivery.State
    carried = Q(state=state.SENT, carrier=None)
    conditions = {
        "due": Q(state=state.PENDING, available_at__lte=at),
        "later": Q(state=state.PENDING, available_at__gt=at),
        "sending": Q(state=state.SENDING),
        "sent": Q(state=state.SENT, sent_at__gte=midnight),
        "given_up": Q(state=state.FAILED),
        "expired": Q(state=state.EXPIRED),
        "superseded": Q(state=state.SUPERSEDED),
        "last_minute": carried & Q(sent_at__gt=at - _MINUTE),
        "last_hour": carried & Q(sent_at__gt=at - _HOUR),
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}
