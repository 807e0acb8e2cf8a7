"""How many applications are in each stage, and when the next one closes: numbers without names."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils.safestring import SafeString, mark_safe

from applications.models import Application, InterviewRound
from applications.stage import LOOKS, UNSENT, Stage
from supervision.models import Supervision


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage and how many are in it."""

    label: str
    icon: str
    css: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The stages of one student; only those that are not empty, in the order of the board."""

    stages: tuple[StageCount, ...] = ()
    closes_on: dt.date | None = None

    @property
    def pills(self) -> SafeString:
        """The same as pills: made here, since a list shows five of them in each row."""
        pills = (f'<span class="pill {s.css}">{s.count} {s.label}</span>' for s in self.stages)
        return mark_safe("".join(pills))  # noqa: S308 - numbers and words of ours

    @property
    def words(self) -> str:
        """The same as a sentence: "2 Interested, 1 Applied"."""
        return ", ".join(f"{stage.count} {stage.label}" for stage in self.stages) or "No applications yet"


def figures_by_student(supervisions: Collection[Supervision], *, on: dt.date) -> dict[int, Figures]:
    """Return the figures of every student whose level opens numbers, in one query."""
    students = [supervision.student_id for supervision in supervisions if supervision.scope.counts]
    unsent = Q(stage__in=UNSENT, closes_on__gte=on)
    found = (
        Application.objects.filter(student__in=students)
        .values("student", "stage")
        .annotate(count=Count("pk"), closing=Min("closes_on", filter=unsent))
        .values_list("student", "stage", "count", "closing")
        .order_by()
    )
    counts: dict[int, dict[str, int]] = {student: {} for student in students}
    closes: dict[int, list[dt.date]] = {student: [] for student in students}
    for student, stage, count, closing in found:
        counts[student][stage] = count
        closes[student] += [closing] if closing else []
    return {student: Figures(_in_order(counts[student]), min(closes[student], default=None)) for student in students}


def next_rounds(supervisions: Collection[Supervision], *, at: dt.datetime) -> dict[int, dt.datetime]:
    """Return when the next interview of each student begins whose level opens rounds, in one query."""
    students = [supervision.student_id for supervision in supervisions if supervision.scope.rounds]
    upcoming = InterviewRound.objects.upcoming(at).filter(application__student__in=students)
    first = upcoming.values("application__student").annotate(first=Min("starts_at")).order_by()
    return dict(first.values_list("application__student", "first"))


def _in_order(counts: dict[str, int]) -> tuple[StageCount, ...]:
    looks = [LOOKS[stage] for stage in Stage if counts.get(stage)]
    return tuple(StageCount(look.label, look.icon, look.css, counts[look.value]) for look in looks)
