"""Suggestions to the shared list, and what curators decided about them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companies.models import Proposal
from reminders.models import Delivery

_DECIDED = {Proposal.State.ASKED, Proposal.State.APPROVED, Proposal.State.DECLINED}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion of a student."""

    proposal: Proposal

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - it has happened
        """Say whether the decision is still the one that the row tells of."""
        decided = self.proposal.decided_at
        same = decided is not None and f"{decided.astimezone(dt.UTC):%Y%m%d%H%M%S}" == row.revision
        if self.proposal.state in _DECIDED and same:
            return Delivery.State.PENDING
        return Delivery.State.SUPERSEDED


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Suggestion]:  # noqa: ARG001 - as the others
    """Return row -> its suggestion: one query, none without such rows."""
    keys = {row.proposal_id for row in rows} - {None}
    if not keys:
        return {}
    found = Proposal.objects.select_related("company", "team", "programme", "posting").in_bulk(keys)
    return {row.pk: Suggestion(found[row.proposal_id]) for row in rows if row.proposal_id in found}
