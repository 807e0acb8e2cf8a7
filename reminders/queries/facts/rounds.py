"""Interview rounds, as far as the reminders in hand are about them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from applications.models import InterviewRound
from applications.queries.preparation import ready_of
from applications.today_rules import Mark, key_of
from applications.today_rules import Rule as Line
from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries.facts.marks import hides, marks_of

_TO_COME = (InterviewRound.Status.SCHEDULED,)
_TO_DEBRIEF = (InterviewRound.Status.SCHEDULED, InterviewRound.Status.DONE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One round, whether something is noted of it afterwards, and how far its preparation is ("3 of 7 ready")."""

    round: InterviewRound
    is_debriefed: bool
    ready: str
    mark: Mark | None

    def standing(self, row: Delivery, at: dt.datetime) -> str:
        """Say whether it takes place, or took place, when it should, and whether there is something left to do."""
        one, is_debrief = self.round, row.rule == Rule.DEBRIEF
        if not one.application.is_open or one.status not in (_TO_DEBRIEF if is_debrief else _TO_COME):
            return Delivery.State.CANCELLED
        if is_debrief and (self.is_debriefed or hides(self.mark, at.astimezone(row.person.tz).date())):
            return Delivery.State.CANCELLED
        if one.starts_at is None:
            return Delivery.State.SUPERSEDED
        if is_debrief:
            same = f"{one.starts_at.astimezone(dt.UTC):%Y-%m-%d %H:%M}" == row.revision
        else:
            same = str(one.revision) == row.revision and one.starts_at == row.useful_until
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Meeting]:  # noqa: ARG001 - as the other families
    """Return row -> its round: three queries at most."""
    about = {row.round_id for row in rows if row.round_id}
    found = InterviewRound.objects.filter(pk__in=about).select_related("application__company", "debrief")
    rounds = {one.pk: one for one in found.prefetch_related("prep")}
    keys = {row.pk: key for row in rows if row.rule == Rule.DEBRIEF and (key := _line(row, rounds))}
    marks = marks_of(keys.values())
    return {
        row.pk: Meeting(
            one, hasattr(one, "debrief"), ready_of(one.prep.all()).text, marks.get(keys.get(row.pk, (0, "")))
        )
        for row in rows
        if (one := rounds.get(row.round_id or 0))
    }


def _line(row: Delivery, rounds: Mapping[int, InterviewRound]) -> tuple[int, str] | None:
    """Return the key of the line on Today that asks for the debrief."""
    one = rounds.get(row.round_id or 0)
    if one is None or one.starts_at is None:
        return None
    return row.person_id, key_of(Line.DEBRIEF, one.public_id, one.starts_at.astimezone(row.person.tz).date())
