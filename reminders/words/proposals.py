"""Letters about what became of a suggestion to the shared list."""

import datetime as dt

from django.urls import reverse

from companies.models import Proposal
from companies.queries.proposals import page_of, title_of
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.proposals import Suggestion
from reminders.words.family import Family, about


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:  # noqa: ARG001 - it has happened
    proposal = about(facts, Suggestion).proposal
    return {
        "what": title_of(proposal),
        "outcome": proposal.state,
        "is_new": proposal.is_new,
        "is_report": proposal.is_report,
        "reason": proposal.get_reason_display() if proposal.reason not in {"", Proposal.Reason.OTHER} else "",
        "answer": proposal.answer,
    }


def _target(facts: Facts) -> str:
    proposal = about(facts, Suggestion).proposal
    if proposal.state == Proposal.State.APPROVED:
        return page_of(proposal)
    return reverse("companies:suggestion", args=[proposal.public_id])


PROPOSALS = Family(
    _context, _target, lambda: {Rule.PROPOSAL_RESULT: "You get this because you suggested it to the shared list."}
)
