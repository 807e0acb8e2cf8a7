"""How many applications are in each stage, and when the next one closes: numbers without names."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from applications.models import InterviewRound
from applications.queries.sql import fetch
from applications.stage import LOOKS, UNSENT, Stage
from supervision.models import Supervision
from supervision.queries import road


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
    interview_at: dt.datetime | None = None
    sent: int = 0

    @property
    def pills(self) -> SafeString:
        """The same as pills: made here, since a list shows five of them in each row."""
        pills = (f'<span class="pill {s.css}">{s.count} {s.label}</span>' for s in self.stages)
        return mark_safe("".join(pills))  # noqa: S308 - numbers and words of ours

    @property
    def words(self) -> str:
        """The same as a sentence: "2 Interested, 1 Applied"."""
        return ", ".join(f"{stage.count} {stage.label}" for stage in self.stages) or "No applications yet"


def figures_by_student(
    supervisions: Collection[Supervision],
    *,
    on: dt.date,
    at: dt.datetime | None = None,
    sent_in: tuple[dt.date, dt.date] | None = None,
) -> dict[int, Figures]:
    """Return the figures of every student whose level opens numbers, in one query.

    at: from when on to look for the next interview of those whose level opens rounds; without it nobody's.
    sent_in: from when until when to count what was sent.
    """
    found = {one.student_id: _Found() for one in supervisions if one.scope.counts}
    if not found:
        return {}
    levels = {"counts": road.COUNTS, "rounds": road.ROUNDS}
    first, last = sent_in or (None, None)
    days = {"on": on, "at": at, "first": first, "last": last, "unsent": UNSENT}
    facts = {"supervisions": [one.pk for one in supervisions], **levels, **days}
    statement = _statement(rounds=at is not None and any(one.scope.rounds for one in supervisions))
    for student, *row in fetch(statement, facts):
        found[student].add(*row)
    return {student: one.figures() for student, one in found.items()}


def _statement(*, rounds: bool) -> str:
    """Count by student and stage; with rounds, a row without a stage says when their next one begins."""
    counted, opened = (f"{road.STANDS.format(levels=name)} AND NOT {road.HIDDEN}" for name in ("counts", "rounds"))
    parts = [
        f"""
        SELECT a.student_id, a.stage, count(*),
            count(*) FILTER (WHERE a.applied_on BETWEEN %(first)s::date AND %(last)s::date),
            min(a.closes_on) FILTER (WHERE a.stage = ANY(%(unsent)s) AND a.closes_on >= %(on)s), NULL::timestamptz
        FROM applications_application a WHERE {counted} GROUP BY 1, 2""",  # noqa: S608 - constants
        f"""
        SELECT a.student_id, '', 0, 0, NULL, min(r.starts_at)
        FROM applications_interviewround r JOIN applications_application a ON a.id = r.application_id
        WHERE {opened} AND r.status = '{InterviewRound.Status.SCHEDULED}' AND r.starts_at >= %(at)s GROUP BY 1""",  # noqa: S608
    ]
    return " UNION ALL ".join(parts if rounds else parts[:1])


@dataclass(slots=True)
class _Found:
    """What was read of one student so far."""

    counts: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    closes_on: dt.date | None = None
    starts_at: dt.datetime | None = None

    def add(  # noqa: PLR0917 - the columns of the statement
        self, stage: str, count: int, sent: int, closes_on: dt.date | None, starts_at: dt.datetime | None
    ) -> None:
        if stage:
            self.counts[stage] = count
        self.sent += sent
        if closes_on is not None:
            self.closes_on = min(self.closes_on or closes_on, closes_on)
        self.starts_at = starts_at or self.starts_at

    def figures(self) -> Figures:
        return Figures(_in_order(self.counts), self.closes_on, self.starts_at, self.sent)


def _in_order(counts: dict[str, int]) -> tuple[StageCount, ...]:
    looks = [LOOKS[stage] for stage in Stage if counts.get(stage)]
    return tuple(StageCount(look.label, look.icon, look.css, counts[look.value]) for look in looks)
