"""What a person wants to hear of, where and when."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from applications.queries.window import window_of
from reminders.models import Preference, Times
from reminders.plan import OFF_AT_FIRST, Kind

OF_STUDENTS = (
    Kind.INTERVIEWS,
    Kind.OFFERS,
    Kind.CLOSING,
    Kind.FOLLOW_UPS,
    Kind.WEEKLY,
    Kind.WINDOW,
    Kind.PROGRAMMES,
    Kind.PROPOSALS,
    Kind.REQUESTS,
)
OF_SUPERVISORS = (Kind.REQUESTS, Kind.DIGEST)


@dataclass(frozen=True, slots=True)
class Wish:
    """When mails of one kind come (now, weekly, off), and whether it is told in the app."""

    by_mail: str = Preference.ByMail.NOW
    app: bool = True


def chosen_by(user: User) -> tuple[Kind, ...]:
    """Return the kinds that can reach a person, in the order of the page."""
    return tuple(dict.fromkeys(OF_STUDENTS * user.is_student + OF_SUPERVISORS * user.is_supervisor))


def wishes_of(user: User) -> dict[Kind, Wish]:
    """Return a wish for each kind that can reach a person."""
    kept = {row.kind: Wish(row.by_mail, row.app) for row in Preference.objects.filter(person=user)}
    return {kind: kept.get(kind.value, _at_first(kind)) for kind in chosen_by(user)}


def times_of(user: User) -> Times:
    """Return when mails may come, as it is kept or as everybody begins."""
    return Times.objects.filter(person=user).first() or Times(person=user)


def rest_of_window(user: User, on: dt.date) -> dt.date | None:
    """Return the first day after the person's window; None when none is open or ahead."""
    window = window_of(user, on)
    return window.closes_on + dt.timedelta(days=1) if window and on <= window.closes_on else None


def _at_first(kind: Kind) -> Wish:
    return Wish(Preference.ByMail.OFF, app=False) if kind in OFF_AT_FIRST else Wish()
