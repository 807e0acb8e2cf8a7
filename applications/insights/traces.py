"""One application as the insights see it. Pure."""

import datetime as dt
from dataclasses import dataclass

from applications.stage import Outcome, Stage

STEPS = (Stage.INTERESTED, Stage.PREPARING, Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER)
"""The stages in their order; Closed is an end and no step."""
RANKS = {stage.value: rank for rank, stage in enumerate(STEPS)}


@dataclass(frozen=True, slots=True)
class Trace:
    """What happened to one application: the stages of its history, and the days that tell of an answer.

    `replied_on` is the first day on which they answered: an interview set, an offer, or "not this time". `rounds` were
    held or are being held; those that were moved or called off are not among them.
    """

    stage: str
    outcome: str = ""
    stages: frozenset[str] = frozenset()
    stage_since: dt.date | None = None
    applied_on: dt.date | None = None
    replied_on: dt.date | None = None
    rounds: int = 0
    way_in: str = "none"
    source: str = ""
    closeness: str = ""

    @property
    def furthest(self) -> int:
        """How far it came, as a place in STEPS: what is closed came as far as it was."""
        known = [RANKS[stage] for stage in {*self.stages, self.stage} if stage in RANKS]
        known.append(RANKS[Stage.APPLIED] if self.applied_on else 0)
        known.append(RANKS[Stage.INTERVIEWING] if self.rounds else 0)
        return max(known)

    @property
    def is_sent(self) -> bool:
        """Whether it was sent."""
        return self.furthest >= RANKS[Stage.APPLIED]

    @property
    def is_ended(self) -> bool:
        """Whether it is closed."""
        return self.stage == Stage.CLOSED

    @property
    def is_accepted(self) -> bool:
        """Whether its offer was taken."""
        return self.outcome == Outcome.ACCEPTED
