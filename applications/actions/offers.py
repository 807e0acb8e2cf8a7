"""Changes to offers: what they say, what matters in them, and accepting one while letting others go."""

import datetime as dt
from collections.abc import Iterable, Mapping

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.actions.noting import note_part
from applications.actions.placements import begin_placement
from applications.actions.stages import accept_offer, close
from applications.models import Application, Desk, Offer
from applications.offers import TERMS, WEIGHTS
from applications.stage import Outcome, Stage
from tracker.lib.errors import DomainError

FIELDS = (
    "answer_by", "project", "mentor", "closeness", "publishing", "ip", "could_become", "compute", "pay", "currency",
    "pay_per", "starts_on", "ends_on", "place", "visa", "hours", "advice", "speaks_for", "speaks_against", "marks",
)  # fmt: skip


def note_offer(
    *, application: Application, details: Mapping[str, object], version: int, by: User, at: dt.datetime
) -> Offer:
    """Keep what is known of an offer; the first time it makes one.

    StaleError when it is no longer the version that was seen, 0 being none yet.
    """
    with guarded():
        return note_part(
            Offer, FIELDS, application=application, details=details, version=version, by=by, at=at, what="offer"
        )


def weigh(*, student: User, weights: Mapping[str, str]) -> Desk:
    """Keep what matters to the student in an offer: term -> "some" or "a_lot"; what is absent does not matter."""
    if weights.keys() - TERMS.keys() or set(weights.values()) - WEIGHTS.keys():
        raise DomainError("Choose not, some or a lot for each row.")
    with guarded():
        desk, _made = Desk.objects.update_or_create(
            student=student, defaults={"weights": {term: weight for term, weight in weights.items() if weight}}
        )
    return desk


def accept_and_let_go(
    *, application: Application, others: Iterable[Application], by: User, at: dt.datetime, on: dt.date
) -> int:
    """Accept an offer, which begins its placement, close the others as withdrawn or declined; return how many.

    One that was closed or accepted meanwhile is left as it is.
    """
    closed = 0
    with guarded():
        accept_offer(application=lock_application(application, by), by=by, at=at, on=on)
        begin_placement(application=application, by=by)
        for other in others:
            fresh = lock_application(other, by)
            if fresh.pk == application.pk or not fresh.is_open or fresh.outcome == Outcome.ACCEPTED:
                continue
            outcome = Outcome.DECLINED if fresh.stage == Stage.OFFER else Outcome.WITHDREW
            closed += close(application=fresh, outcome=outcome, reason="", by=by, at=at, on=on) is not None
    return closed
