"""What a person wants to hear of, and where."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from reminders.models import Preference, Times
from reminders.plan import Kind

CHOSEN = (Kind.INTERVIEWS, Kind.WINDOW)
"""The kinds that the page of preferences offers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """When mails of one kind come (now, weekly, off), and whether it is told in the app."""

    by_mail: str = Preference.ByMail.NOW
    app: bool = True


def wishes_of(user: User) -> tuple[dict[Kind, Wish], dt.date | None]:
    """Return a wish for each kind, and the day until which e-mail is paused."""
    kept = {Kind(row.kind): Wish(row.by_mail, row.app) for row in Preference.objects.filter(person=user)}
    until = Times.objects.filter(person=user).values_list("paused_until", flat=True).first()
    return {kind: kept.get(kind, Wish()) for kind in CHOSEN}, until
