"""Writes letters and sends them."""

from reminders.letters.envelope import compose
from reminders.letters.post import Sent, Ticked, deliver, tick
from reminders.letters.push import push
from reminders.letters.sample import send_sample

__all__ = ["Sent", "Ticked", "compose", "deliver", "push", "send_sample", "tick"]
