"""What a student's sharing page shows: supervisors with their level, invitations, and the record of consent."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from accounts.models import User
from supervision.level import SCOPES, Scope
from supervision.models import SharingEvent, Supervision


@dataclass(frozen=True, slots=True)
class Sharing:
    """One supervisor, or one invitation."""

    public_id: str
    name: str
    email: str
    scope: Scope
    since: dt.date | None
    open_until: dt.date
    is_open: bool
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the record of consent."""

    at: dt.datetime
    words: str


@dataclass(frozen=True, slots=True)
class SharingPage:
    """The whole page."""

    supervisors: list[Sharing]
    invitations: list[Sharing]
    changes: list[Change]


def sharing_page(student: User, *, at: dt.datetime, changes: int) -> SharingPage:
    """Return what this student shares with whom, and the newest changes."""
    live = Supervision.objects.live().filter(student=student).select_related("supervisor")
    rows = list(live.order_by("invited_at", "pk"))
    return SharingPage(
        supervisors=[_sharing(row, at, student.tz) for row in rows if not row.is_pending],
        invitations=[_sharing(row, at, student.tz) for row in rows if row.is_pending],
        changes=_changes(student, changes),
    )


def _sharing(row: Supervision, at: dt.datetime, zone: ZoneInfo) -> Sharing:
    since = row.level_at or row.accepted_at
    return Sharing(
        public_id=row.public_id,
        name=str(row.supervisor or row.email),
        email=row.email,
        scope=row.scope,
        since=since.astimezone(zone).date() if since else None,
        open_until=row.open_until.astimezone(zone).date(),
        is_open=at < row.open_until,
        is_sent=row.mail_due_at is None,
    )


def _changes(student: User, most: int) -> list[Change]:
    events = SharingEvent.objects.filter(supervision__student=student).select_related("supervision__supervisor", "by")
    return [Change(event.at, _words(event, student)) for event in events.order_by("-at", "-pk")[:most]]


def _words(event: SharingEvent, student: User) -> str:
    who = str(event.supervision.supervisor or event.supervision.email)
    if event.kind == SharingEvent.Kind.INVITED:
        return f"You invited {event.supervision.email}."
    if event.kind == SharingEvent.Kind.ACCEPTED:
        return f"{who} accepted your invitation. Nothing was shared by that."
    if event.kind == SharingEvent.Kind.LEVEL:
        return f"You chose {SCOPES[event.level].label} for {who}."
    if event.supervision.supervisor_id is None:
        return f"The invitation to {event.supervision.email} ended."
    return f"You ended sharing with {who}." if event.by_id == student.pk else f"{who} left. Sharing ended."
