"""What the facts ask to tell, and when: for each family of facts its SQL, and the instants that go into it.

A family is a module with OCCASIONS, queries for the columns that `columns.py` names, and `arguments`, what they need
besides what is here for all: `morning`, 08:00 on each day in each zone, and `ending`, the end of each day that is
somebody's last one.
"""

import datetime as dt
from typing import Any

from django.conf import settings

from accounts.models import User
from reminders.actions.occasions import (
    absences,
    access,
    applications,
    asking,
    curated,
    digests,
    people,
    programmes,
    rounds,
    weeks,
    windows,
)
from reminders.days import Span, day_ends, mornings

FAMILIES = (windows, rounds, applications, access, weeks, programmes, digests, absences, curated, asking, people)

OCCASIONS = "\n    UNION ALL\n".join(select for family in FAMILIES for select in family.OCCASIONS)


def arguments(at: dt.datetime) -> dict[str, Any]:
    """Return all that the queries of all families need: the same number of queries however much there is."""
    span = Span(at, settings.WAYMARK_LOOK_BACK, settings.WAYMARK_LOOK_AHEAD)
    zones = list(
        User.objects.filter(is_active=True).order_by("time_zone").values_list("time_zone", flat=True).distinct()
    )
    hour = mornings(span.days(), zones, span, settings.WAYMARK_MORNING)
    last = [(day, zone) for day, zone in applications.last_days(span) if day]
    found: dict[str, Any] = {
        "at": at,
        "since": span.since,
        "until": span.until,
        "morning_days": [one.day for one in hour],
        "morning_zones": [one.zone for one in hour],
        "mornings": [one.due_at for one in hour],
        "last_days": [day for day, _ in last],
        "last_zones": [zone for _, zone in last],
        "endings": [day_ends(day, zone) for day, zone in last],
    }
    for family in FAMILIES:
        found |= family.arguments(span, zones)
    return found
