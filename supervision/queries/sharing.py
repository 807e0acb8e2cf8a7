"""What a student's sharing page shows: supervisors with their level, invitations, and the record of consent."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from accounts.models import User
from supervision.level import SCOPES, Scope
from supervision.models import Look, SharingEvent, SharingException, Supervision
from supervision.queries.samples import Card, Counting, samples_of


@dataclass(frozen=True, slots=True)
class Exempt:
    """One application that a supervisor sees less of, or more."""

    title: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Looked:
    """One line of the access log."""

    at: dt.datetime
    who: str
    what: str
    url: str


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
    exceptions: tuple[Exempt, ...] = ()


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
    counting: list[Counting]
    cards: list[Card]


def sharing_page(student: User, *, at: dt.datetime, changes: int) -> SharingPage:
    """Return what this student shares with whom, and the newest changes."""
    live = Supervision.objects.live().filter(student=student).select_related("supervisor")
    exceptions = SharingException.objects.select_related("application__company").order_by("application__pk")
    rows = list(live.prefetch_related(Prefetch("exceptions", exceptions)).order_by("invited_at", "pk"))
    cards, counting = samples_of(student, at=at)
    return SharingPage(
        supervisors=[_sharing(row, at, student.tz) for row in rows if not row.is_pending],
        invitations=[_sharing(row, at, student.tz) for row in rows if row.is_pending],
        changes=_changes(student, changes),
        counting=counting,
        cards=cards,
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
        exceptions=tuple(map(_exempt, row.exceptions.all())),
    )


def _exempt(one: SharingException) -> Exempt:
    application = one.application
    return Exempt(
        title=f"{application.title}, {application.company.name}",
        url=reverse("supervision:exceptions", args=[application.public_id]),
        words="Hidden" if one.is_hidden else "With the pay of the offer",
    )


def looks_of(student: User) -> list[Looked]:
    """Return who looked at what this student shares, the newest first: one query."""
    looks = Look.objects.filter(supervision__student=student)
    looks = looks.select_related("supervision__supervisor", "application__company").order_by("-at", "-pk")
    return [
        Looked(
            at=one.at,
            who=str(one.supervision.supervisor or one.supervision.email),
            what=_what(one),
            url=reverse("applications:detail", args=[one.application.public_id]) if one.application else "",
        )
        for one in looks[: settings.WAYMARK_LOOKS_SHOWN]
    ]


def _what(look: Look) -> str:
    if look.application:
        return f"{look.application.title}, {look.application.company.name}"
    return "Your line in their list of students" if look.page == Look.Page.STUDENTS else "Your page"


def _changes(student: User, most: int) -> list[Change]:
    events = SharingEvent.objects.filter(supervision__student=student)
    events = events.select_related("supervision__supervisor", "by", "application__company")
    return [Change(event.at, _words(event, student)) for event in events.order_by("-at", "-pk")[:most]]


_EXCEPTIONS: dict[str, str] = {
    SharingEvent.Kind.HIDDEN: "You hid {title} from {who}.",
    SharingEvent.Kind.SHOWN: "You stopped hiding {title} from {who}.",
    SharingEvent.Kind.PAY: "You showed {who} the pay of {title}.",
    SharingEvent.Kind.NO_PAY: "You stopped showing {who} the pay of {title}.",
}


def _words(event: SharingEvent, student: User) -> str:
    who = str(event.supervision.supervisor or event.supervision.email)
    if event.kind == SharingEvent.Kind.INVITED:
        return f"You invited {event.supervision.email}."
    if event.kind == SharingEvent.Kind.ACCEPTED:
        return f"{who} accepted your invitation. Nothing was shared by that."
    if event.kind == SharingEvent.Kind.LEVEL:
        return f"You chose {SCOPES[event.level].label} for {who}."
    if event.kind in _EXCEPTIONS:
        one = event.application
        title = f"{one.title}, {one.company.name}" if one else "an application that is deleted now"
        return _EXCEPTIONS[event.kind].format(title=title, who=who)
    if event.supervision.supervisor_id is None:
        return f"The invitation to {event.supervision.email} ended."
    return f"You ended sharing with {who}." if event.by_id == student.pk else f"{who} left. Sharing ended."
