"""What happened to an account: sharing that changed, and sign-ins from a new device. Facts of the past: they stand."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import SignIn
from reminders.models import Delivery
from supervision.models import SharingEvent


@dataclass(frozen=True, slots=True)
class Sharing:
    """One entry of the record of consent."""

    event: SharingEvent

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - it has happened
        """Say that it holds: a later change is told of as well."""
        return Delivery.State.PENDING


@dataclass(frozen=True, slots=True)
class Entrance:
    """One sign-in."""

    sign_in: SignIn

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - it has happened
        """Say that it holds."""
        return Delivery.State.PENDING


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Sharing | Entrance]:  # noqa: ARG001 - as the others
    """Return row -> what happened: two queries at most."""
    sharing, sign_ins = {row.sharing_id for row in rows} - {None}, {row.sign_in_id for row in rows} - {None}
    events = SharingEvent.objects.select_related("supervision__supervisor").in_bulk(sharing)
    entrances = SignIn.objects.in_bulk(sign_ins)
    found: dict[int, Sharing | Entrance] = {}
    for row in rows:
        if row.sharing_id in events:
            found[row.pk] = Sharing(events[row.sharing_id])
        elif row.sign_in_id in entrances:
            found[row.pk] = Entrance(entrances[row.sign_in_id])
    return found
