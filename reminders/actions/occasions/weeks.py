"""The weekly plan: on each student's day and hour, from September to March; all year for whoever reads kinds in it.

Whether a week has anything to say is known when it is read; here those are left out who have nothing under way.
"""

from collections.abc import Sequence

from django.conf import settings

from reminders.actions.occasions.columns import STUDENT, columns
from reminders.days import Span, plan_hours
from reminders.models import Times
from reminders.plan import Rule

_WEEK = f"""{
    columns(
        rule=Rule.WEEKLY_PLAN,
        subject="'week'",
        revision="n.week",
        due_at="n.due_at",
        useful_until="n.due_at + %(plan_useful)s",
    )
}
    FROM (
        SELECT a.student_id FROM applications_application a WHERE a.stage <> 'closed'
        UNION
        SELECT p.student_id FROM applications_seasonplan p WHERE p.goal IS NOT NULL OR p.weekly_target IS NOT NULL
    ) w JOIN accounts_user u ON u.id = w.student_id AND {STUDENT}
    JOIN unnest(
        %(plan_days)s::date[], %(plan_hours)s::int[], %(plan_zones)s::text[], %(plan_weeks)s::text[],
        %(plans)s::timestamptz[]
    ) AS n(day, hour, zone, week, due_at) ON n.zone = u.time_zone AND u.created_at <= n.due_at
    LEFT JOIN reminders_times h ON h.person_id = u.id
    WHERE coalesce(h.weekly_hour, %(plan_hour)s) = n.hour
        AND coalesce(h.weekly_day, %(plan_day)s) = extract(isodow FROM n.day) - 1
        AND (
            extract(month FROM n.day)::int = ANY(%(plan_months)s)
            OR EXISTS (SELECT FROM reminders_preference x WHERE x.person_id = u.id AND x.by_mail = 'weekly')
        )"""  # noqa: S608 - constants

OCCASIONS = (_WEEK,)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:
    """Return the hours that people chose, on each day in each zone."""
    usual = Times()
    chosen = Times.objects.order_by("weekly_hour").values_list("weekly_hour", flat=True).distinct()
    found = plan_hours([usual.weekly_hour, *chosen], zones, span)
    return {
        "plan_days": [one.day for one in found],
        "plan_hours": [one.hour for one in found],
        "plan_zones": [one.zone for one in found],
        "plan_weeks": [one.week for one in found],
        "plans": [one.due_at for one in found],
        "plan_hour": usual.weekly_hour,
        "plan_day": usual.weekly_day,
        "plan_months": list(settings.WAYMARK_PLAN_MONTHS),
        "plan_useful": settings.WAYMARK_PLAN_USEFUL,
    }
