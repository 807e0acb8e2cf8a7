"""What changes the outbox, the bell and the preferences."""

from reminders.actions.answering import carry_out
from reminders.actions.claiming import Lease, Wait, claim
from reminders.actions.finishing import close, give_back, give_up, try_again, try_later
from reminders.actions.gate import reopen, shut
from reminders.actions.merging import Mail
from reminders.actions.planning import Planned, make_plan
from reminders.actions.replaying import catch_up
from reminders.actions.sampling import ask_for_sample
from reminders.actions.telling import expire, tell
from reminders.actions.waking import call_sender, wake
from reminders.actions.wishing import choose, choose_day, end_pause, pause, read_all, stop

__all__ = [
    "Lease",
    "Mail",
    "Planned",
    "Wait",
    "ask_for_sample",
    "call_sender",
    "carry_out",
    "catch_up",
    "choose",
    "choose_day",
    "claim",
    "close",
    "end_pause",
    "expire",
    "give_back",
    "give_up",
    "make_plan",
    "pause",
    "read_all",
    "reopen",
    "shut",
    "stop",
    "tell",
    "try_again",
    "try_later",
    "wake",
]
