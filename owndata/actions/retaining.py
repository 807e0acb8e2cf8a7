"""Every rule of how long something is kept, in one place: for the hourly job, and for whoever runs the site."""

import datetime as dt
from collections.abc import Callable

from accounts.actions import forget_replies, forget_sign_ins
from applications.actions.keeping import sweep as sweep_documents
from applications.actions.undoing import forget_undone
from imports.actions.tidying import forget_old as forget_imports
from owndata.actions.leaving import delete_leaving
from owndata.actions.running import sweep as sweep_archives
from reminders.actions.forgetting import forget_told
from webhooks.actions.keeping import forget_deliveries

# What goes, in words -> what lets it go and returns how many.
RULES: dict[str, Callable[..., int]] = {
    "accounts whose two weeks to change one's mind are over": delete_leaving,
    "exports and imports of more than 7 days ago, and their files": sweep_archives,
    "imports of tables that are over, or were left lying": forget_imports,
    "texts kept to undo a change, of more than 10 minutes ago": forget_undone,
    "files of documents that no row knows": sweep_documents,
    "answers for programs that ask twice, after a day, and tokens that ended 30 days ago": forget_replies,
    "sign-ins of more than 90 days ago": forget_sign_ins,
    "reminders and notifications of more than 400 days ago": forget_told,
    "what webhooks were told more than 30 days ago": forget_deliveries,
}


def retain(*, at: dt.datetime) -> dict[str, int]:
    """Let go what was kept long enough; return what -> how many. A second run finds nothing."""
    return {what: rule(at=at) for what, rule in RULES.items()}
