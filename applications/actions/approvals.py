"""Changes to the record of approval: what the student notes of it, and what somebody decides who was asked here."""

import datetime as dt
from collections.abc import Mapping

from accounts.models import User
from applications.actions.guarding import guarded
from applications.actions.noting import note_part
from applications.choices import Decision
from applications.models import Application, Approval

FACTS = (
    "funder", "funder_name", "away_from", "away_until", "stipend", "thesis_on", "thesis_moves_to", "conditions",
)  # fmt: skip
FIELDS = (*FACTS, "decision", "decided_by", "decided_on")


def note_approval(
    *, application: Application, details: Mapping[str, object], version: int, by: User, at: dt.datetime
) -> Approval:
    """Keep what the student notes; what somebody confirmed before is not confirmed as it reads now.

    StaleError when it is no longer the version that was seen, 0 being none yet.
    """
    with guarded():
        known = Approval.objects.visible_to(by).filter(application=application).values(*FIELDS).first()
        what = "approval"
        saved = note_part(
            Approval, FIELDS, application=application, details=details, version=version, by=by, at=at, what=what
        )
        if saved.confirmed_at and known != {name: getattr(saved, name) for name in FIELDS}:
            saved.confirmed_at = None
            saved.save(update_fields=["confirmed_at"])
    return saved


def decide(*, application: Application, approved: bool, who: str, on: dt.date, at: dt.datetime) -> None:
    """Keep what somebody decided who was asked, in the record of the student who asked."""
    decision = Decision.APPROVED if approved else Decision.REFUSED
    told = {"decision": decision, "decided_by": who[:200], "decided_on": on, "confirmed_at": at, "updated_at": at}
    with guarded():
        held = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
        if held is not None:
            record, _made = Approval.objects.get_or_create(application=held, defaults={"updated_at": at})
            Approval.objects.filter(pk=record.pk).update(version=record.version + 1, **told)
