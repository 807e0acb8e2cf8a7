"""Puts reminders into the app's list: those meant for it, and mails that came too late."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, When

from accounts.models import User
from reminders import plan, words
from reminders.actions.settling import settle
from reminders.models import Delivery, Device, Kind, Notice
from reminders.plan import Rule
from reminders.queries import Facts, facts_of


def tell(*, at: dt.datetime) -> int:
    """Show what is due in the app; return how many rows were looked at, 0 when nothing is due any more."""
    with transaction.atomic():
        rows = _taken(at, channel=Delivery.Channel.APP)
        if not rows:
            return 0
        told = settle(facts_of(rows, at=at), at=at)
        show(told, at=at)
        ids = [facts.delivery.pk for facts in told]
        Delivery.objects.filter(pk__in=ids).update(state=Delivery.State.SENT, sent_at=at)
    return len(rows)


_MAYBE_AT = Case(
    When(state=Delivery.State.SENDING, carrier=None, then=F("available_at")),
    default=F("maybe_at"),
)
"""Who had the lease of a mail that ends here may have sent it."""


def expire(*, at: dt.datetime) -> int:
    """End mails that would come too late; what still holds is in the app instead. Return how many were looked at."""
    with transaction.atomic():
        rows = _taken(at, channel=Delivery.Channel.MAIL, useful_until__lte=at)
        if not rows:
            return 0
        final: dict[str, list[Facts]] = {}
        for facts in facts_of(rows, at=at):
            final.setdefault(facts.standing(at), []).append(facts)
        show(final.get(Delivery.State.EXPIRED, []), at=at)
        for state, found in final.items():
            ids = [facts.delivery.pk for facts in found]
            Delivery.objects.filter(pk__in=ids).update(state=state, lease_token=None, maybe_at=_MAYBE_AT)
    return len(rows)


def show(found: Iterable[Facts], *, at: dt.datetime) -> None:
    """Write one notice for each occurrence that has none yet; older ones of the same round count as read."""
    found = list(found)
    people = {facts.delivery.person_id for facts in found}
    on_devices = set(Device.objects.filter(person__in=people).values_list("person", flat=True))
    notices = [_notice(facts, at=at, is_pushed=facts.delivery.person_id in on_devices) for facts in found]
    keys = [notice.key for notice in notices]
    rounds = [notice.round_id for notice in notices if notice.round_id]
    Notice.objects.filter(round__in=rounds, read_at=None).exclude(key__in=keys).update(read_at=at)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def tell_at_once(*, person: User, key: str, kind: Kind, text: str, subject: str, url: str, at: dt.datetime) -> None:
    """Show a line of an app above; a second one of the same key changes nothing. subject: what a phone shows."""
    shown = subject if Device.objects.visible_to(person).exists() else ""
    line = Notice(key=key, person=person, kind=kind, text=text, subject=shown, url=url, created_at=at)
    Notice.objects.bulk_create([line], ignore_conflicts=True)


def _taken(at: dt.datetime, **more: object) -> Sequence[Delivery]:
    due = Delivery.objects.due(at).filter(**more).select_related("person")
    picked = due.select_for_update(skip_locked=True, of=("self",)).order_by("available_at", "pk")
    return list(picked[: settings.WAYMARK_NOTICE_BATCH])


def _notice(facts: Facts, *, at: dt.datetime, is_pushed: bool) -> Notice:
    row, said = facts.delivery, words.context(facts, at=at)
    return Notice(
        key=plan.in_app(row.key),
        person=row.person,
        round=facts.round,
        kind=Rule(row.rule).kind.value,
        text=words.line(facts, "notice", said),
        subject=words.line(facts, "subject", {**said, "names": facts.names_in_subjects}) if is_pushed else "",
        url=words.target(facts),
        created_at=at,
    )
