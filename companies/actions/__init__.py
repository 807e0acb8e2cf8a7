"""Changes to the shared list, as verbs."""

from companies.actions.companies import propose_company
from companies.actions.curating import look_at_postings
from companies.actions.cycles import expect_next, save_cycle
from companies.actions.deciding import approve_proposal, ask_proposer, decline_proposal
from companies.actions.feeding import ask_for_run, progress_of, save_feed
from companies.actions.following import follow, unfollow
from companies.actions.importing import import_listings
from companies.actions.joining import merge_parts, undo_part_merge
from companies.actions.merging import merge_companies, settled, undo_merge
from companies.actions.proposing import (
    propose_change,
    propose_new,
    report_posting,
    revise_proposal,
    withdraw_proposal,
)
from companies.actions.roster import import_roster
from companies.actions.several import forget_companies, propose_companies
from companies.actions.turns import stay

__all__ = [
    "approve_proposal",
    "ask_for_run",
    "ask_proposer",
    "decline_proposal",
    "expect_next",
    "follow",
    "forget_companies",
    "import_listings",
    "import_roster",
    "look_at_postings",
    "merge_companies",
    "merge_parts",
    "progress_of",
    "propose_change",
    "propose_companies",
    "propose_company",
    "propose_new",
    "report_posting",
    "revise_proposal",
    "save_cycle",
    "save_feed",
    "settled",
    "stay",
    "undo_merge",
    "undo_part_merge",
    "unfollow",
    "withdraw_proposal",
]
