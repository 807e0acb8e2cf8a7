"""The milestones of a student's window."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from applications.models import SeasonPlan
from companies.models import Season
from reminders.actions.occasions.columns import STUDENT, columns
from reminders.days import Span, milestones, moments
from reminders.queries.facts import hours

_MILESTONES = f"""{
    columns(
        rule="m.rule",
        season_id="m.season_id",
        revision="m.revision",
        shared=("m.before", "m.after"),
        due_at="m.due_at",
        useful_until="m.useful_until",
    )
}
    FROM (
        SELECT *, rule || ':window:' AS before, ':season-' || season_id || ':0:' || revision AS after
        FROM unnest(
            %(rules)s::text[], %(seasons)s::bigint[], %(opens)s::date[], %(closes)s::date[],
            %(zones)s::text[], %(revisions)s::text[], %(dues)s::timestamptz[], %(useful)s::timestamptz[]
        ) AS n(rule, season_id, opens_on, closes_on, zone, revision, due_at, useful_until)
        OFFSET 0  -- put together once, not for each student
    ) m
    JOIN accounts_user u ON u.time_zone = m.zone AND {STUDENT} AND u.created_at <= m.due_at
    JOIN companies_season s ON s.id = m.season_id
    LEFT JOIN applications_seasonplan p ON p.student_id = u.id AND p.season_id = m.season_id
    -- within CASE the database expects half of them, else next to none, and then asks for the wishes of each alone
    WHERE CASE WHEN coalesce(p.opens_on, s.opens_on) = m.opens_on
            AND coalesce(p.closes_on, s.closes_on) = m.closes_on THEN true END
        AND (p.id IS NOT NULL OR u.id NOT IN (
            -- who planned for another season prepares for that one; asked once for all, not for each student
            SELECT o.student_id FROM applications_seasonplan o JOIN companies_season t ON t.id = o.season_id
            JOIN accounts_user v ON v.id = o.student_id
            WHERE coalesce(o.closes_on, t.closes_on) >= (%(at)s AT TIME ZONE v.time_zone)::date
        ))
        AND (u.id, m.season_id) NOT IN (
            -- a row without a season would be compared with each student one by one
            SELECT a.student_id, a.season_id FROM applications_application a
            WHERE a.outcome = 'accepted' AND a.season_id IS NOT NULL
        )"""  # noqa: S608 - constants

OCCASIONS = (_MILESTONES,)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, list[object]]:
    """Return the milestones that are near, in every zone."""
    windows = [window for window in _windows(span) if _any_near(window, span)]
    found = [one for one in moments(windows, zones, span, hours()) if one.due_at + _useful() > span.at]
    return {
        "rules": [one.rule.value for one in found],
        "seasons": [one.season for one in found],
        "opens": [one.opens_on for one in found],
        "closes": [one.closes_on for one in found],
        "zones": [one.zone for one in found],
        "revisions": [one.revision for one in found],
        "dues": [one.due_at for one in found],
        "useful": [one.due_at + _useful() for one in found],
    }


def _useful() -> dt.timedelta:
    useful: dt.timedelta = settings.WAYMARK_MILESTONE_USEFUL
    return useful


def _any_near(window: tuple[int, dt.date, dt.date], span: Span) -> bool:
    return any(span.touches(stone.on) for stone in milestones(window[1], window[2], hours()))


def _windows(span: Span) -> Iterator[tuple[int, dt.date, dt.date]]:
    """Yield the different windows there are: the seasons' own, and those that students gave themselves."""
    running = Q(last__gte=span.first_day)
    seasons = Season.objects.annotate(last=F("closes_on")).filter(running)
    yield from seasons.order_by("pk").values_list("pk", "opens_on", "closes_on")
    own = SeasonPlan.objects.exclude(opens_on=None, closes_on=None).annotate(
        first=Coalesce("opens_on", "season__opens_on"), last=Coalesce("closes_on", "season__closes_on")
    )
    yield from own.filter(running).order_by("season", "first", "last").distinct().values_list("season", "first", "last")
