"""What students do with their own proposals: make, change and take back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from companies.actions.companies import save_own
from companies.models import Company, Fact, Posting, Proposal
from tracker.lib.errors import DomainError, StaleError

_OPEN = (Proposal.State.WAITING, Proposal.State.ASKED)


def propose_new(
    *, subject: str, company: Company, values: Mapping[str, Any], why: str, source_url: str, by: User, at: dt.datetime
) -> Proposal:
    """Propose a team, programme, posting or paper of this company."""
    draft = Proposal(subject=subject, is_new=True, company=company, values=dict(values))
    return _send(draft, why=why, source_url=source_url, by=by, at=at)


def propose_change(
    *, of: Fact, values: Mapping[str, Any], why: str, source_url: str, by: User, at: dt.datetime
) -> Proposal:
    """Propose other values for a row of the list."""
    return _send(_about(of, values), why=why, source_url=source_url, by=by, at=at)


def report_posting(*, posting: Posting, what: str, by: User, at: dt.datetime) -> Proposal:
    """Say that a posting is stale; a curator looks before it is closed."""
    draft = _about(posting, {"is_open": False})
    draft.is_report = True
    try:
        with transaction.atomic():
            return _send(draft, why=what, source_url=posting.url, by=by, at=at)
    except IntegrityError:
        raise StaleError("You reported this posting already. A curator will look at it.") from None


def revise_proposal(
    *, proposal: Proposal, values: Mapping[str, Any], why: str, source_url: str, by: User, at: dt.datetime
) -> None:
    """Change one's own proposal, which then waits again."""
    with transaction.atomic():
        fresh = _own_open(proposal, by)
        if fresh.subject == Proposal.Subject.COMPANY and fresh.is_new:
            save_own(company=fresh.company, values=values)
        else:
            fresh.values = _something(values)
        fresh.why, fresh.source_url = why, source_url
        fresh.state, fresh.proposed_at = Proposal.State.WAITING, at
        fresh.save()


def withdraw_proposal(*, proposal: Proposal, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told when
    """Take one's own proposal back; a company that nobody else sees stays one's own."""
    with transaction.atomic():
        fresh = _own_open(proposal, by)
        fresh.state = Proposal.State.WITHDRAWN
        fresh.save(update_fields=["state"])


def _about(row: Fact, values: Mapping[str, Any]) -> Proposal:
    if isinstance(row, Company):
        return Proposal(subject=Proposal.Subject.COMPANY, company=row, values=_something(values))
    subject = row._meta.model_name or ""
    return Proposal(subject=subject, company=row.company, values=_something(values), **{subject: row})


def _something(values: Mapping[str, Any]) -> dict[str, Any]:
    if not values:
        raise DomainError("Change at least one thing.")
    return dict(values)


def _send(draft: Proposal, *, why: str, source_url: str, by: User, at: dt.datetime) -> Proposal:
    if Proposal.objects.waiting().filter(proposed_by=by).count() >= settings.WAYMARK_PROPOSALS_WAITING:
        raise DomainError(
            f"{settings.WAYMARK_PROPOSALS_WAITING} of your suggestions wait already. Wait until curators got to them."
        )
    draft.why, draft.source_url, draft.proposed_by, draft.proposed_at = why, source_url, by, at
    draft.save(force_insert=True)
    return draft


def _own_open(proposal: Proposal, by: User) -> Proposal:
    """Lock one's own; refuse what somebody decided about meanwhile."""
    fresh = (
        Proposal.objects.select_for_update(of=("self",)).select_related("company").get(pk=proposal.pk, proposed_by=by)
    )
    if fresh.state not in _OPEN:
        raise StaleError("A curator decided about this already.")
    return fresh
