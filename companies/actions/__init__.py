"""Changes to the shared list, as verbs."""

from companies.actions.companies import propose_company
from companies.actions.following import follow, unfollow
from companies.actions.importing import import_listings
from companies.actions.merging import merge_companies, settled, undo_merge
from companies.actions.roster import import_roster
from companies.actions.turns import stay

__all__ = [
    "follow",
    "import_listings",
    "import_roster",
    "merge_companies",
    "propose_company",
    "settled",
    "stay",
    "undo_merge",
    "unfollow",
]
