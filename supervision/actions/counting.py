"""Changes of who is counted, and the weekly job that publishes figures about companies."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from supervision.cohort import figure, may_replace, record
from supervision.models import CohortFigure, Counted, Department
from supervision.queries.cohort import Sent, sent_by_company

_WEEK = dt.timedelta(days=7)


@transaction.atomic
def count_in(*, student: User, department: Department | None, at: dt.datetime) -> bool:
    """Let a student be counted, in a department's sums or in figures about companies; return whether that is new."""
    User.objects.select_for_update(of=("self",)).get(pk=student.pk)
    if Counted.objects.visible_to(student).filter(department=department, until=None).exists():
        return False
    Counted.objects.create(student=student, department=department, since=at)
    return True


def count_out(*, student: User, department: Department | None, at: dt.datetime) -> bool:
    """Count them no more; return whether they were."""
    standing = Counted.objects.visible_to(student).filter(department=department, until=None)
    return bool(standing.update(until=at))


@transaction.atomic
def know_coordinators() -> None:
    """Keep with each person whether they coordinate a department."""
    coordinates = User.objects.filter(departments__isnull=False).values("pk")
    User.objects.filter(pk__in=coordinates, is_coordinator=False).update(is_coordinator=True)
    User.objects.filter(is_coordinator=True).exclude(pk__in=coordinates).update(is_coordinator=False)


@transaction.atomic
def publish(*, on: dt.date) -> int:
    """Make the figures about companies anew where that tells of nobody, at most once a week.

    Return how many were written or taken down.
    """
    if CohortFigure.objects.filter(published_on__gt=on - _WEEK).exists():
        return 0
    of_company: dict[int, dict[int, list[Sent]]] = defaultdict(dict)
    for (company, student), rows in sent_by_company(on=on).items():
        of_company[company][student] = rows
    known = {one.company_id: one for one in CohortFigure.objects.select_for_update().order_by("pk")}
    written = 0
    for company in sorted({*of_company, *known}):
        written += _renew(company, known.get(company), of_company.get(company, {}), on)
    return written


def _renew(company: int, kept: CohortFigure | None, sent: Mapping[int, list[Sent]], on: dt.date) -> bool:
    said = figure([record(sent[student], on=on) for student in sorted(sent)])
    if said is None:
        if kept is not None:
            kept.delete()
        return kept is not None
    # Of the facts alone: that a day more has passed changes nobody's record.
    basis = {_hidden("student", student): _hidden("record", student, repr(rows)) for student, rows in sent.items()}
    if kept is not None and not may_replace(kept.basis, basis):
        return False
    CohortFigure.objects.update_or_create(
        company_id=company, defaults={"said": said, "basis": basis, "published_on": on}
    )
    return True


def _hidden(what: str, *parts: object) -> str:
    """Return a keyed hash: alike for alike, and nobody's name."""
    return salted_hmac(f"supervision.cohort.{what}", repr(parts), algorithm="sha256").hexdigest()[:24]
