"""Changes to the shared list, as verbs."""

from companies.actions.companies import propose_company
from companies.actions.following import follow, unfollow
from companies.actions.importing import import_listings
from companies.actions.roster import import_roster

__all__ = ["follow", "import_listings", "import_roster", "propose_company", "unfollow"]
