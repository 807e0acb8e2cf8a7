"""What a person wants to hear of, and where."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from reminders.models import Pause, Preference
from reminders.plan import Kind


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether one kind arrives by e-mail and in the app."""

    mail: bool = True
    app: bool = True


def wishes_of(user: User) -> tuple[dict[Kind, Wish], dt.date | None]:
    """Return a wish for each kind, and the day until which e-mail is paused."""
    kept = {Kind(row.kind): Wish(row.mail, row.app) for row in Preference.objects.filter(person=user)}
    until = Pause.objects.filter(person=user).values_list("until", flat=True).first()
    return {kind: kept.get(kind, Wish()) for kind in Kind}, until
