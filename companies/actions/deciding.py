"""What curators do with proposals. Each decision locks the proposal: who comes second reads what was decided."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from companies.actions.curating import approve_company, check_facts, save_company, save_paper, save_part, save_posting
from companies.actions.noting import note
from companies.actions.turns import rearrange
from companies.models import Company, Fact, Paper, Posting, Proposal
from companies.queries.proposals import decided_words
from tracker.lib.errors import StaleError


def approve_proposal(*, proposal: Proposal, fact: Fact, by: User, at: dt.datetime) -> None:
    """Take a proposal into the list; `fact` is the row with the values that the curator agreed to, not saved yet."""
    with transaction.atomic():
        if isinstance(fact, Company):
            rearrange()  # other students' companies of this name become it, and this comes before any lock of a row
        fresh = _waiting(proposal, at)
        fact.checked_on, fact.checked_by = at.date(), by
        if fresh.source_url:
            fact.source_url = fresh.source_url
        _save(fact, fresh, by, at)
        if fresh.is_new and not isinstance(fact, Company):
            setattr(fresh, fresh.subject, fact)
        _decide(fresh, Proposal.State.APPROVED, by, at)
        if not (fresh.is_new and isinstance(fact, Company)):
            note(fact, "Approved a suggestion.", by=by, at=at)


def ask_proposer(*, proposal: Proposal, answer: str, by: User, at: dt.datetime) -> None:
    """Send a proposal back with what is missing."""
    with transaction.atomic():
        fresh = _waiting(proposal, at)
        fresh.answer, fresh.reason = answer, ""
        _decide(fresh, Proposal.State.ASKED, by, at)
        note(fresh.company, "Asked for a change of a suggestion.", by=by, at=at)


def decline_proposal(*, proposal: Proposal, reason: str, answer: str, by: User, at: dt.datetime) -> None:
    """Leave the list as it is; where it is still true, it counts as checked today."""
    with transaction.atomic():
        fresh = _waiting(proposal, at)
        fresh.reason, fresh.answer = reason, answer
        _decide(fresh, Proposal.State.DECLINED, by, at)
        row = fresh.target
        if reason == Proposal.Reason.STILL_TRUE and row is not None and not fresh.is_new:
            check_facts(facts=type(row)._default_manager.filter(pk=row.pk), by=by, on=at.date())
        note(row or fresh.company, "Declined a suggestion.", by=by, at=at)


def _save(fact: Fact, proposal: Proposal, by: User, at: dt.datetime) -> None:
    if isinstance(fact, Company):
        if proposal.is_new:
            approve_company(company=fact, by=by, at=at)
        else:
            save_company(company=fact, by=by, at=at)
    elif isinstance(fact, Posting):
        save_posting(posting=fact, by=by, at=at)
    elif isinstance(fact, Paper):
        save_paper(paper=fact, by=by, at=at)
    else:
        save_part(part=fact, by=by, at=at)


def _waiting(proposal: Proposal, at: dt.datetime) -> Proposal:
    """Lock it; refuse when another curator, or the proposer, was faster."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "company", "team", "programme", "posting", "paper", "decided_by"
    )
    fresh = rows.get(pk=proposal.pk)
    if fresh.state != Proposal.State.WAITING:
        raise StaleError(decided_words(fresh, at))
    return fresh


def _decide(proposal: Proposal, state: Proposal.State, by: User, at: dt.datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, at
    proposal.save()
