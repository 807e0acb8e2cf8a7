"""What changes the outbox, the bell and the preferences."""

from reminders.actions.answering import carry_out
from reminders.actions.claiming import Lease, claim, close, give_back, give_up, try_later
from reminders.actions.planning import Planned, make_plan
from reminders.actions.sampling import ask_for_sample
from reminders.actions.telling import expire, tell
from reminders.actions.waking import call_sender, wake
from reminders.actions.wishing import choose, end_pause, pause, read_all, stop

__all__ = [
    "Lease",
    "Planned",
    "ask_for_sample",
    "call_sender",
    "carry_out",
    "choose",
    "claim",
    "close",
    "end_pause",
    "expire",
    "give_back",
    "give_up",
    "make_plan",
    "pause",
    "read_all",
    "stop",
    "tell",
    "try_later",
    "wake",
]
