"""Every table of a person's data, gathered from the apps, in the order in which they come back."""

import accounts.portable
import applications.portable
import companies.portable
import imports.portable
import outreach.portable
import reminders.portable
import supervision.portable
import webhooks.portable
from tracker.lib.portable import Table

_MARKS = "today_marks"

_ALL = (
    *accounts.portable.TABLES,
    *companies.portable.TABLES,
    *applications.portable.TABLES,
    *outreach.portable.TABLES,
    *imports.portable.TABLES,
    *supervision.portable.TABLES,
    *reminders.portable.TABLES,
    *webhooks.portable.TABLES,
)
# Marks name rows of any other table, so they come last.
TABLES: tuple[Table, ...] = tuple(sorted(_ALL, key=lambda table: table.name == _MARKS))
BROUGHT = tuple(table for table in TABLES if table.comes_back)
TOLD = tuple(table for table in TABLES if not table.comes_back)

LEFT_OUT = {
    **accounts.portable.LEFT_OUT,
    **applications.portable.LEFT_OUT,
    **imports.portable.LEFT_OUT,
    **reminders.portable.LEFT_OUT,
    **webhooks.portable.LEFT_OUT,
}
"""Models with rows of people that no archive holds, and why."""

NEEDS_EMPTY = ("applications", "contacts", "papers", "conferences", "documents")
"""An archive is read into an account that has none of these; rows of the other tables give way."""
