"""Changes of people, papers and messages."""

from outreach.actions.papers import Pick, add_authors
from outreach.actions.people import Facts, add_contact, delete_contact, edit_contact, set_standing
from outreach.actions.talking import delete_message, log_message

__all__ = [
    "Facts",
    "Pick",
    "add_authors",
    "add_contact",
    "delete_contact",
    "delete_message",
    "edit_contact",
    "log_message",
    "set_standing",
]
