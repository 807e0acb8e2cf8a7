"""What happened to an account: sharing that changed, sign-ins from a new device, an export, a wish to leave."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import Archive, SignIn
from reminders.models import Delivery
from reminders.plan import Rule
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


@dataclass(frozen=True, slots=True)
class Export:
    """The newest archive that one can take along."""

    archive: Archive

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - it is there, or not
        """Say that it holds: without an archive there is no such fact."""
        return Delivery.State.PENDING


@dataclass(frozen=True, slots=True)
class Leaving:
    """That an account is to be deleted."""

    leaves_at: dt.datetime

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - as above
        """Say that it holds: whoever stays after all has no such fact."""
        return Delivery.State.PENDING


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Sharing | Entrance | Export | Leaving]:  # noqa: ARG001 - as the others
    """Return row -> what happened: three queries at most."""
    sharing, sign_ins = {row.sharing_id for row in rows} - {None}, {row.sign_in_id for row in rows} - {None}
    events = SharingEvent.objects.select_related("supervision__supervisor").in_bulk(sharing)
    entrances = SignIn.objects.in_bulk(sign_ins)
    found: dict[int, Sharing | Entrance | Export | Leaving] = {}
    for row in rows:
        if row.sharing_id in events:
            found[row.pk] = Sharing(events[row.sharing_id])
        elif row.sign_in_id in entrances:
            found[row.pk] = Entrance(entrances[row.sign_in_id])
        elif row.rule == Rule.LEAVING and row.person.leaves_at:
            found[row.pk] = Leaving(row.person.leaves_at)
    return {**found, **_exports([row for row in rows if row.rule == Rule.EXPORT_READY])}


def _exports(rows: Sequence[Delivery]) -> dict[int, Export]:
    made = Archive.objects.of_way(Archive.Way.OUT).exclude(ended_at=None).exclude(stored_as="")
    mine = made.filter(person__in={row.person_id for row in rows}).order_by("ended_at", "pk") if rows else ()
    newest = {archive.person_id: archive for archive in mine}
    return {row.pk: Export(newest[row.person_id]) for row in rows if row.person_id in newest}
