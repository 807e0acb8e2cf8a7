"""The bell and its list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from applications.queries.sql import fetch
from reminders.models import Notice
from reminders.plan import Kind
from tracker.lib.dates import day
from tracker.templatetags.waymark import icon_html

ICONS = {
    Kind.INTERVIEWS: "chat-square-text",
    Kind.OFFERS: "award",
    Kind.CLOSING: "clock",
    Kind.FOLLOW_UPS: "send",
    Kind.WEEKLY: "list-check",
    Kind.WINDOW: "calendar3-range",
    Kind.PROGRAMMES: "mortarboard",
    Kind.PROPOSALS: "clipboard-check",
    Kind.REQUESTS: "envelope",
    Kind.DIGEST: "people",
    Kind.ACCESS: "lock",
    Kind.PAUSE: "pause-circle",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as the list shows it."""

    text: str
    url: str
    icon: str
    when: str
    iso: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One page of notices, newest first; after: where the next page begins, empty at the end."""

    today: Sequence[Line]
    earlier: Sequence[Line]
    after: str


@dataclass(frozen=True, slots=True)
class Rings:
    """What every page may show: how many notices are unread, until when e-mail rests, the day of the weekly plan."""

    unread: int
    paused_until: dt.date | None
    weekly_day: int | None


# On every page: built anew each time it would cost more than the database takes for it.
_RINGS = """
SELECT (SELECT count(*) FROM reminders_notice n WHERE n.person_id = %(person)s AND n.read_at IS NULL),
    t.paused_until, t.weekly_day
FROM (VALUES (%(person)s::bigint)) AS p(id) LEFT JOIN reminders_times t ON t.person_id = p.id
"""


def rings(user: User) -> Rings:
    """Return all of it, in one query."""
    return Rings(*fetch(_RINGS, {"person": user.pk})[0])


def notice_page(user: User, *, on: dt.date, after: int | None = None) -> NoticePage:
    """Return one page; after: the key of the last notice seen, of this person."""
    size = settings.WAYMARK_NOTICE_PAGE
    own = Notice.objects.visible_to(user)
    last = own.filter(pk=after).first() if after else None
    older = Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk) if last else Q()
    rows = list(own.filter(older).order_by("-created_at", "-pk")[: size + 1])
    shown = rows[:size]
    today = [row for row in shown if row.created_at.astimezone(user.tz).date() >= on]
    return NoticePage(
        today=[_line(row, user, today=True) for row in today],
        earlier=[_line(row, user, today=False) for row in shown[len(today) :]],
        after=str(shown[-1].pk) if len(rows) > size else "",
    )


def _line(row: Notice, user: User, *, today: bool) -> Line:
    local = row.created_at.astimezone(user.tz)
    return Line(
        text=row.text,
        url=row.url,
        icon=icon_html(ICONS[Kind(row.kind)]),
        when=f"{local:%H:%M}" if today else day(local),
        iso=local.isoformat(timespec="minutes"),
        is_unread=row.read_at is None,
    )
