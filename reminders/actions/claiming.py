"""Takes due mails for one sender, in a short transaction of its own; sending happens outside any."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from applications.models import Application, InterviewRound
from reminders import plan
from reminders.actions.gate import Gate
from reminders.actions.merging import Mail, divide
from reminders.actions.replaying import catch_up
from reminders.actions.settling import settle
from reminders.models import Delivery, DeliveryQuerySet
from reminders.queries.facts import Facts, facts_of
from reminders.queries.today import days_of, is_in_doubt
from tracker.lib.sender import sender_host

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """The mails in one sender's hands; a probe shows whether the server is well again."""

    token: uuid.UUID
    mails: Sequence[Mail]
    at: dt.datetime
    is_probe: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may be sent now: the rate wants a moment, or the server is left alone."""

    seconds: float = 0
    no_server: bool = False


def claim(*, at: dt.datetime) -> Lease | Wait | None:
    """Take up to a batch of due mails that may still go out; None when nothing is due.

    Rows that may not (moved, stopped, closed, paused) get their final state; those that must wait (quiet hours, today's
    mail is gone, too many today) are put off. What is too late stays for `expire`. An empty lease means: look again.
    """
    try:
        return _claim(at, fresh_only=True)
    except _LeasesRanOutError:
        catch_up(at=at)  # whoever had them may have noted in the journal what is out
        return _claim(at, fresh_only=False)


def _claim(at: dt.datetime, *, fresh_only: bool) -> Lease | Wait | None:
    with transaction.atomic():
        gate = Gate(at=at)
        if gate.is_shut:
            return Wait(no_server=True)
        most = gate.most
        if not most:
            return Wait(gate.seconds)
        rows = _taken(at, most)
        if not rows:
            return None
        again = [row.pk for row in rows if row.state == Delivery.State.SENDING]
        if again and fresh_only:
            raise _LeasesRanOutError
        if again:
            log.warning("leases_ran_out", count=len(again), deliveries=again)  # these may arrive twice
            _doubt(rows)
        mails = _ready(rows, at=at)[:most]
        lease = Lease(uuid.uuid4(), mails, at, gate.is_probe)
        gate.pay(len(mails))
        _lease(mails, lease.token, until=at + settings.WAYMARK_LEASE)
    return lease


class _LeasesRanOutError(Exception):
    """Somebody began to send these and did not come back."""


def _taken(at: dt.datetime, most: int) -> list[Delivery]:
    """Lock whom and what the due rows are about: a stop or a move commits wholly before this claim or wholly after it.

    All that one person is due is taken together: only their first row is looked for, and whoever has it has them all.
    """
    due = _due(at)
    earlier = (
        _due(at)
        .filter(person=OuterRef("person"))
        .filter(
            Q(available_at__lt=OuterRef("available_at"))
            | Q(available_at=OuterRef("available_at"), pk__lt=OuterRef("pk"))
        )
    )
    first = due.exclude(Exists(earlier)).order_by("available_at", "pk").select_for_update(skip_locked=True)
    people = {row.person_id for row in first[:most]}
    if not people:
        return []
    held = User.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True).in_bulk()
    rows = list(due.filter(person__in=people).order_by("available_at", "pk").select_for_update(skip_locked=True))
    for row in rows:
        row.person = held[row.person_id]
    rounds = InterviewRound.objects.filter(pk__in={row.round_id for row in rows if row.round_id}).order_by("pk")
    list(rounds.select_related("application").select_for_update(no_key=True, of=("self", "application")))
    applications = {row.application_id for row in rows if row.application_id}
    list(
        Application.objects.filter(pk__in=applications).order_by("pk").select_for_update(no_key=True).values_list("pk")
    )
    return rows


def _due(at: dt.datetime) -> DeliveryQuerySet:
    return Delivery.objects.due(at).filter(channel=Delivery.Channel.MAIL, useful_until__gt=at)


def _ready(rows: Sequence[Delivery], *, at: dt.datetime) -> list[Mail]:
    """Return the mails that may go out, the longest due first; put off what must wait."""
    allowed = settle(facts_of(rows, at=at), at=at)
    theirs: dict[int, list[Facts]] = {}
    for facts in allowed:
        theirs.setdefault(facts.delivery.person_id, []).append(facts)
    people = {facts.delivery.person for facts in allowed}
    days = days_of(people, at=at, besides=[row.pk for row in rows if not is_in_doubt(row, at)])
    mails: list[Mail] = []
    waits: dict[int, dt.datetime] = {}
    for person, found in theirs.items():
        ready, later = divide(found, days[person], at=at)
        mails += ready
        waits |= later
    _put_off(waits)
    return mails


def _doubt(rows: Sequence[Delivery]) -> None:
    """Write down until when the mails of lost leases may have arrived: they count, whatever becomes of the row."""
    lost = [row for row in rows if row.state == Delivery.State.SENDING]
    for row in lost:
        row.state, row.lease_token = Delivery.State.PENDING, None
        if row.carrier_id is None:
            row.maybe_at = row.available_at
    Delivery.objects.bulk_update(lost, ["state", "lease_token", "maybe_at"])


def _put_off(waits: dict[int, dt.datetime]) -> None:
    if not waits:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE reminders_delivery d SET state = 'pending', lease_token = NULL, available_at = w.until
            FROM unnest(%s::bigint[], %s::timestamptz[]) AS w(id, until) WHERE d.id = w.id
            """,
            [list(waits), list(waits.values())],
        )


def _lease(mails: Sequence[Mail], token: uuid.UUID, *, until: dt.datetime) -> None:
    """Write who has them; each row gets its own Message-ID, and the mail goes out under that of its carrier."""
    host = sender_host()
    leased = []
    for mail in mails:
        for facts in mail.all:
            row = facts.delivery
            row.message_id = row.message_id or plan.message_id(row.key, host)
            row.carrier_id = None if facts is mail.facts else mail.delivery.pk
            row.attempts += 1
            leased.append(row)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE reminders_delivery d
            SET state = 'sending', lease_token = %s, available_at = %s, attempts = d.attempts + 1,
                message_id = c.message_id, carrier_id = c.carrier_id
            FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS c(id, message_id, carrier_id) WHERE d.id = c.id
            """,
            [
                token,
                until,
                [row.pk for row in leased],
                [row.message_id for row in leased],
                [row.carrier_id for row in leased],
            ],
        )
