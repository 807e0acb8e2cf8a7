"""Changes what a person hears of, and where; each under a lock on the person, which the claim of mails takes too."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from reminders.models import Notice, Preference, Times
from reminders.plan import Kind
from reminders.queries import Wish, rest_of_window
from tracker.lib import journal


def choose(*, by: User, wishes: Mapping[Kind, Wish], times: Mapping[str, object]) -> None:
    """Set these kinds at once, and when mails may come (fields of Times)."""
    with transaction.atomic():
        _hold(by)
        rows = [Preference(person=by, kind=kind.value, by_mail=w.by_mail, app=w.app) for kind, w in wishes.items()]
        Preference.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["person", "kind"],
            update_fields=["by_mail", "app", "updated_at"],
        )
        _note(rows, by)
        Times.objects.update_or_create(person=by, defaults=times)


def choose_day(*, by: User, weekly_day: int) -> None:
    """Set the day of the weekly plan alone."""
    with transaction.atomic():
        _hold(by)
        Times.objects.update_or_create(person=by, defaults={"weekly_day": weekly_day})


def stop(*, by: User, kind: Kind, on: dt.date) -> None:
    """End e-mails of one kind and nothing else; stopping twice is stopping once.

    The question about a pause is answered by it: everything rests until the window is over.
    """
    with transaction.atomic():
        _hold(by)
        off = {"by_mail": Preference.ByMail.OFF}
        row, _made = Preference.objects.update_or_create(person=by, kind=kind.value, defaults=off)
        _note([row], by)
        if kind is Kind.PAUSE and (until := rest_of_window(by, on)):
            pause(by=by, until=until)


def _note(rows: Sequence[Preference], person: User) -> None:
    """Let the journal know, so that what was stopped stays so when an old backup is restored."""
    if rows:
        mail = {row.kind: row.by_mail for row in rows}
        journal.note_on_commit(kind="wished", at=rows[0].updated_at, person=person.public_id, mail=mail)


def pause(*, by: User, until: dt.date) -> dt.date:
    """Let mails rest until a day, or longer if a longer pause stands; return its end."""
    with transaction.atomic():
        _hold(by)
        times, _made = Times.objects.get_or_create(person=by)
        if times.paused_until is None or times.paused_until < until:
            times.paused_until = until
            times.save(update_fields=["paused_until"])
        return times.paused_until


def end_pause(*, by: User) -> None:
    """Let mails come again."""
    with transaction.atomic():
        _hold(by)
        Times.objects.filter(person=by).update(paused_until=None)


def read_all(*, by: User, at: dt.datetime) -> int:
    """Count every notice so far as read."""
    return Notice.objects.visible_to(by).unread().filter(created_at__lte=at).update(read_at=at)


def _hold(person: User) -> None:
    list(User.objects.filter(pk=person.pk).select_for_update(no_key=True).values_list("pk"))
