"""The saved views above board and table, as conditions on a student's applications."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from applications.models import ApplicationQuerySet, Event, WayIn
from applications.stage import ACTIVE, Stage
from companies.models import Kind

LABELS = {
    "active": "Active",
    "closing": "Closing soon",
    "quiet": "Quiet 3 weeks",
    "referred": "Referred",
    "schemes": "Schemes",
    "closed": "Closed",
}
UNSENT = [Stage.INTERESTED.value, Stage.PREPARING.value]
WAITING = [Stage.APPLIED.value, Stage.INTERVIEWING.value]


def conditions(on: dt.date) -> dict[str, Q]:
    """Return what each view keeps on this day."""
    quiet_since = on - settings.WAYMARK_QUIET
    news = Event.objects.filter(application=OuterRef("pk"), on__gt=quiet_since)
    active = Q(stage__in=ACTIVE)
    return {
        "active": active,
        "closing": Q(stage__in=UNSENT, closes_on__gte=on, closes_on__lte=on + settings.WAYMARK_CLOSING_SOON),
        "quiet": Q(~Exists(news), stage__in=WAITING, stage_since__lte=quiet_since),
        "referred": active & Q(way_in=WayIn.REFERRED),
        "schemes": active & Q(kind=Kind.SCHEME),
        "closed": Q(stage=Stage.CLOSED),
    }


def count(applications: ApplicationQuerySet, view: str, stages: Iterable[str], on: dt.date) -> dict[str, int]:
    """Count all views, and the stages within the given one, in one pass: keys are the views' and stages' names."""
    known = conditions(on)
    counts = {name: Count("pk", filter=condition) for name, condition in known.items()}
    counts |= {f"in_{stage}": Count("pk", filter=known[view] & Q(stage=stage)) for stage in stages}
    counted: dict[str, int] = applications.aggregate(**counts)
    return counted
