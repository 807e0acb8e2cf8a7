"""Absences: who was not here for 30 days of their window is asked once whether to pause, then left in peace."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from applications.queries.sql import fetch
from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries.facts.windows import Window, windows_of

SEEN_ON = "coalesce(u.last_seen_on, (u.created_at AT TIME ZONE u.time_zone)::date)"
"""The last day on which somebody, `u`, was here."""

_ABSENCES = f"""
        SELECT w.season_id, w.day FROM (
            SELECT s.id AS season_id, p.id AS plan_id, coalesce(p.closes_on, s.closes_on) AS closes_on,
                greatest({SEEN_ON}, coalesce(p.opens_on, s.opens_on)) + %(absence_days)s AS day
            FROM companies_season s LEFT JOIN applications_seasonplan p ON p.season_id = s.id AND p.student_id = u.id
        ) w
        WHERE w.day <= w.closes_on
            AND (w.plan_id IS NOT NULL OR NOT EXISTS (
                SELECT FROM applications_seasonplan o JOIN companies_season t ON t.id = o.season_id
                WHERE o.student_id = u.id AND coalesce(o.closes_on, t.closes_on) >= w.day
            ))"""  # noqa: S608 - constants

ABSENCE = f"""{_ABSENCES}
            AND NOT EXISTS (
                SELECT FROM applications_application a
                WHERE a.student_id = u.id AND a.season_id = w.season_id AND a.outcome = 'accepted'
            )
        ORDER BY w.day LIMIT 1"""
"""The day on which the absence of `u` counts 30 days within a window, be it ahead, and the season of that window.

Who has accepted an offer of that season is not asked: they have what they looked for.
"""

IS_SILENT = f"""(
            -- nearly everybody was here of late, which is seen without their time zone
            coalesce(u.last_seen_on <= (%(at)s AT TIME ZONE 'UTC')::date + 1 - %(absence_days)s, true)
            AND {SEEN_ON} + %(absence_days)s <= (%(at)s AT TIME ZONE u.time_zone)::date
            AND EXISTS (SELECT FROM ({_ABSENCES}) b WHERE b.day <= (%(at)s AT TIME ZONE u.time_zone)::date)
        )"""
"""Holds while `u` is left in peace: from the day of the question, asked or not, until they come back."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One student who is away, and the window that they are away from."""

    window: Window
    seen_on: dt.date

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - a day of absence, not an instant
        """Say whether they are still away, since the same day."""
        window = self.window
        asked_on = max(self.seen_on, window.opens_on) + dt.timedelta(days=settings.WAYMARK_ABSENCE_DAYS)
        gone = self.seen_on.isoformat() == row.revision and asked_on <= window.closes_on
        if not gone or window.accepted or not window.is_theirs:
            return Delivery.State.CANCELLED
        same = asked_on == row.due_at.astimezone(row.person.tz).date()
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Absence]:
    """Return row -> its absence: three queries, none without such rows."""
    mine = [row for row in rows if row.rule == Rule.PAUSE_QUESTION]
    windows = windows_of(mine, at)
    return {row.pk: Absence(windows[row.pk], seen_on(row.person)) for row in mine}


def seen_on(person: User) -> dt.date:
    """Return the last day on which somebody was here."""
    return person.last_seen_on or person.created_at.astimezone(person.tz).date()


_SILENT = f"SELECT u.id FROM accounts_user u WHERE u.id = ANY(%(people)s) AND {IS_SILENT}"  # noqa: S608


def silent(people: Iterable[int], at: dt.datetime) -> set[int]:
    """Return those of these people who are left in peace: one query, none for nobody."""
    wanted = sorted(set(people))
    if not wanted:
        return set()
    return {
        key for (key,) in fetch(_SILENT, {"people": wanted, "at": at, "absence_days": settings.WAYMARK_ABSENCE_DAYS})
    }
