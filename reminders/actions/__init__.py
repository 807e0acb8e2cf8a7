"""What changes the outbox, the bell and the preferences."""

from reminders.actions.claiming import Lease, claim, close, give_back, give_up, try_later
from reminders.actions.planning import Planned, make_plan
from reminders.actions.telling import expire, tell
from reminders.actions.waking import call_sender, wake
from reminders.actions.wishing import choose, read_all, stop

__all__ = [
    "Lease",
    "Planned",
    "call_sender",
    "choose",
    "claim",
    "close",
    "expire",
    "give_back",
    "give_up",
    "make_plan",
    "read_all",
    "stop",
    "tell",
    "try_later",
    "wake",
]
