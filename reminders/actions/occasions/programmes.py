"""Programmes: one that is followed opens, and an enrichment scheme closes.

A cycle with days of its own goes before the window of its season.
"""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce

from companies.models import Cycle, Kind
from reminders.actions.occasions.columns import STUDENT, columns
from reminders.days import Span, openings, scheme_days
from reminders.plan import Rule
from reminders.queries.facts import hours

_SEEN = "(c.approved_at IS NOT NULL OR c.proposed_by_id = u.id)"
_CYCLE = "y.state <> 'closed'"

_OPENS = f"""{
    columns(
        rule=Rule.PROGRAMME_OPENS,
        cycle_id="y.id",
        subject="'programme-' || y.programme_id",
        cycle="'season-' || y.season_id",
        revision="n.day",
        due_at="n.due_at",
        useful_until="n.due_at + %(programme_useful)s",
    )
}
    FROM unnest(
        %(opening_days)s::date[], %(opening_places)s::text[], %(opening_zones)s::text[], %(openings)s::timestamptz[]
    ) AS n(day, place, zone, due_at)
    JOIN companies_cycle y ON y.zone = n.place AND {_CYCLE}
    JOIN companies_season s ON s.id = y.season_id AND coalesce(y.opens_on, s.opens_on) = n.day
    JOIN companies_programme p ON p.id = y.programme_id
    JOIN companies_company c ON c.id = p.company_id
    JOIN companies_following f ON f.programme_id = p.id AND f.created_at <= n.due_at
    JOIN accounts_user u ON u.id = f.person_id AND u.time_zone = n.zone AND {STUDENT} AND {_SEEN}
    WHERE NOT EXISTS (
        SELECT FROM applications_application a
        WHERE a.student_id = u.id AND a.season_id = y.season_id AND a.outcome = 'accepted'
    )"""

# An application of the same kind, to the same company, for the same season.
_APPLICATIONS = """applications_application a
        WHERE a.kind = 'scheme' AND a.company_id = p.company_id AND coalesce(a.season_id, y.season_id) = y.season_id"""

_CLOSES = f"""{
    columns(
        rule=Rule.SCHEME_CLOSES,
        cycle_id="y.id",
        subject="'programme-' || y.programme_id",
        cycle="'season-' || y.season_id",
        offset="n.name",
        revision="n.day",
        due_at="m.due_at",
        useful_until="m.due_at + %(programme_useful)s",
    )
}
    FROM unnest(%(scheme_cycles)s::bigint[], %(scheme_names)s::text[], %(scheme_days)s::date[]) AS n(id, name, day)
    JOIN companies_cycle y ON y.id = n.id
    JOIN companies_programme p ON p.id = y.programme_id
    JOIN companies_company c ON c.id = p.company_id
    CROSS JOIN LATERAL (
        SELECT w.person_id, min(w.since) AS since FROM (
            SELECT f.person_id, f.created_at AS since FROM companies_following f WHERE f.programme_id = p.id
            UNION ALL
            SELECT a.student_id, a.created_at FROM {_APPLICATIONS} AND a.stage IN ('interested', 'preparing')
        ) w GROUP BY w.person_id
    ) w
    JOIN accounts_user u ON u.id = w.person_id AND {STUDENT} AND {_SEEN}
    JOIN morning m ON m.zone = u.time_zone AND m.day = n.day AND w.since <= m.due_at
    WHERE NOT EXISTS (
        SELECT FROM {_APPLICATIONS} AND a.student_id = u.id AND a.stage NOT IN ('interested', 'preparing')
    )"""  # noqa: S608 - constants

OCCASIONS = (_OPENS, _CLOSES)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:
    """Return the days on which programmes open, each in its zone, and the days of schemes."""
    opens = openings(_opening_days(span), zones, span, settings.WAYMARK_MORNING)
    schemes = list(_scheme_days(span))
    return {
        "opening_days": [one.day for one in opens],
        "opening_places": [one.where for one in opens],
        "opening_zones": [one.zone for one in opens],
        "openings": [one.due_at for one in opens],
        "scheme_cycles": [cycle for cycle, _, _ in schemes],
        "scheme_names": [name for _, name, _ in schemes],
        "scheme_days": [day for _, _, day in schemes],
        "programme_useful": settings.WAYMARK_MILESTONE_USEFUL,
    }


def _opening_days(span: Span) -> list[tuple[dt.date, str]]:
    alive = Cycle.objects.exclude(state=Cycle.State.CLOSED).annotate(day=Coalesce("opens_on", "season__opens_on"))
    near = alive.filter(day__range=(span.first_day, span.last_day), programme__followings__isnull=False)
    return list(near.order_by("day", "zone").values_list("day", "zone").distinct())


def _scheme_days(span: Span) -> list[tuple[int, str, dt.date]]:
    running = Q(closes_on__gte=span.first_day) | Q(season__closes_on__gte=span.first_day)
    alive = Cycle.objects.exclude(state=Cycle.State.CLOSED).filter(running, programme__kind=Kind.SCHEME)
    return [
        (cycle.pk, name, day)
        for cycle in alive.select_related("season").order_by("pk")
        for name, day in scheme_days(
            (cycle.season.opens_on, cycle.season.closes_on), cycle.closes_on, hours(), settings.WAYMARK_SCHEME_DAYS
        )
        if span.touches(day)
    ]
