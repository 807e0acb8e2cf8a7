"""Changes what a person hears of, and where; each under a lock on the person, which the claim of mails takes too."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from reminders.models import Notice, Preference, Times
from reminders.plan import Kind
from reminders.queries import Wish


def choose(*, by: User, wishes: Mapping[Kind, Wish], paused_until: dt.date | None) -> None:
    """Set every kind at once, and the day until which e-mail is paused."""
    with transaction.atomic():
        _hold(by)
        rows = [Preference(person=by, kind=kind.value, by_mail=w.by_mail, app=w.app) for kind, w in wishes.items()]
        Preference.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["person", "kind"],
            update_fields=["by_mail", "app", "updated_at"],
        )
        Times.objects.update_or_create(person=by, defaults={"paused_until": paused_until})


def stop(*, by: User, kind: Kind) -> None:
    """End e-mails of one kind and nothing else; stopping twice is stopping once."""
    with transaction.atomic():
        _hold(by)
        Preference.objects.update_or_create(person=by, kind=kind.value, defaults={"by_mail": Preference.ByMail.OFF})


def read_all(*, by: User, at: dt.datetime) -> int:
    """Count every notice so far as read."""
    return Notice.objects.visible_to(by).unread().filter(created_at__lte=at).update(read_at=at)


def _hold(person: User) -> None:
    list(User.objects.filter(pk=person.pk).select_for_update(no_key=True).values_list("pk"))
