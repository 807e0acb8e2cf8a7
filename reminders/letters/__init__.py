"""Writes letters and sends them."""

from reminders.letters.envelope import compose
from reminders.letters.post import Sent, Ticked, deliver, tick

__all__ = ["Sent", "Ticked", "compose", "deliver", "tick"]
