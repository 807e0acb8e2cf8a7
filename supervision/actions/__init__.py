"""Changes of who may look and how far, of what is asked and answered, said, offered and planned."""

from supervision.actions.asking import Wish, answer, ask, withdraw
from supervision.actions.group import (
    add_milestone,
    delete_milestone,
    edit_milestone,
    offer_introduction,
    take_back_introduction,
)
from supervision.actions.sharing import accept, change_level, end, invite, log_looks, set_exception
from supervision.actions.talking import delete_comment, say

__all__ = [
    "Wish",
    "accept",
    "add_milestone",
    "answer",
    "ask",
    "change_level",
    "delete_comment",
    "delete_milestone",
    "edit_milestone",
    "end",
    "invite",
    "log_looks",
    "offer_introduction",
    "say",
    "set_exception",
    "take_back_introduction",
    "withdraw",
]
