"""Changes of people, papers, messages, referrals, conferences and letters."""

from outreach.actions.conferences import Dates, delete_conference, expect, expect_no_more, save_conference
from outreach.actions.papers import Pick, add_authors
from outreach.actions.people import Facts, add_contact, delete_contact, edit_contact, finish_step, set_standing
from outreach.actions.referrals import Asked, forget_referral, note_referral
from outreach.actions.talking import delete_message, log_message
from outreach.actions.wordings import forget_wording, save_wording

__all__ = [
    "Asked",
    "Dates",
    "Facts",
    "Pick",
    "add_authors",
    "add_contact",
    "delete_conference",
    "delete_contact",
    "delete_message",
    "edit_contact",
    "expect",
    "expect_no_more",
    "finish_step",
    "forget_referral",
    "forget_wording",
    "log_message",
    "note_referral",
    "save_conference",
    "save_wording",
    "set_standing",
]
