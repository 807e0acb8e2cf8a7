"""Changes to the shared list, as verbs."""

from companies.actions.companies import propose_company
from companies.actions.cycles import save_cycle
from companies.actions.deciding import approve_proposal, ask_proposer, decline_proposal
from companies.actions.following import follow, unfollow
from companies.actions.importing import import_listings
from companies.actions.merging import merge_companies, settled, undo_merge
from companies.actions.proposing import (
    propose_change,
    propose_new,
    report_posting,
    revise_proposal,
    withdraw_proposal,
)
from companies.actions.roster import import_roster
from companies.actions.turns import stay

__all__ = [
    "approve_proposal",
    "ask_proposer",
    "decline_proposal",
    "follow",
    "import_listings",
    "import_roster",
    "merge_companies",
    "propose_change",
    "propose_company",
    "propose_new",
    "report_posting",
    "revise_proposal",
    "save_cycle",
    "settled",
    "stay",
    "undo_merge",
    "unfollow",
    "withdraw_proposal",
]
