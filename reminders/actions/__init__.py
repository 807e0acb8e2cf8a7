"""What changes the outbox, the bell and the preferences."""

from reminders.actions.answering import carry_out
from reminders.actions.claiming import Lease, Wait, claim
from reminders.actions.devices import add_device, forget_device
from reminders.actions.finishing import close, give_back, give_up, try_again, try_later
from reminders.actions.gate import reopen, shut
from reminders.actions.merging import Mail
from reminders.actions.planning import Planned, make_plan
from reminders.actions.pushing import claim_pushes, end_pushes, lose_device, make_pushes, put_off, untouched
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
    "add_device",
    "ask_for_sample",
    "call_sender",
    "carry_out",
    "catch_up",
    "choose",
    "choose_day",
    "claim",
    "claim_pushes",
    "close",
    "end_pause",
    "end_pushes",
    "expire",
    "forget_device",
    "give_back",
    "give_up",
    "lose_device",
    "make_plan",
    "make_pushes",
    "pause",
    "put_off",
    "read_all",
    "reopen",
    "shut",
    "stop",
    "tell",
    "try_again",
    "try_later",
    "untouched",
    "wake",
]
