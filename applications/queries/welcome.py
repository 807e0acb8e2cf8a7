"""What the first steps show: what is known of the student, and companies to choose from."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from applications.models import Application, Desk
from companies.models import Company, Season


@dataclass(frozen=True, slots=True)
class Choice:
    """A company to tick."""

    name: str
    about: str


def is_new(student: User) -> bool:
    """Say whether a student has neither been through the first steps nor added anything."""
    welcomed = Desk.objects.visible_to(student).filter(welcomed_at__isnull=False)
    return not welcomed.exists() and not Application.objects.visible_to(student).exists()


def desk_of(student: User) -> Desk:
    """Return what the student has arranged; without a row, as shipped."""
    return Desk.objects.visible_to(student).first() or Desk(student=student)


def seasons_ahead(on: dt.date, planned: int) -> QuerySet[Season]:
    """Return the seasons that one may plan for, soonest first: those ahead, and the one that is planned for."""
    return Season.objects.filter(Q(starts_on__gte=on) | Q(pk=planned)).order_by("starts_on", "pk")


def companies_to_pick(student: User) -> list[Choice]:
    """Return approved companies where the student tracks nothing yet, those near their topics first: two queries."""
    topics = desk_of(student).topics
    near: Any = Case(When(topics__overlap=topics, then=Value(0)), default=Value(1)) if topics else Value(1)
    tracked = Application.objects.visible_to(student).filter(company=OuterRef("pk"))
    companies = Company.objects.visible_to(student).approved().exclude(Exists(tracked))
    rows = companies.annotate(near=near).order_by("near", "match_key", "pk").values_list("name", "city", "topics")
    return [
        Choice(name, ", ".join([*([city] if city else []), *topics[:2]]))
        for name, city, topics in rows[: settings.WAYMARK_COMPANIES_TO_PICK]
    ]
