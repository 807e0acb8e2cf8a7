"""What pages, health and the reminders themselves ask."""

from reminders.queries.deeds import title_of
from reminders.queries.facts import Facts, facts_of
from reminders.queries.health import OutboxHealth, database_now, mails_due, outbox_health
from reminders.queries.notices import Line, NoticePage, Rings, notice_page, rings
from reminders.queries.outbox import Outbox, outbox
from reminders.queries.wishes import Wish, chosen_by, rest_of_window, times_of, wishes_of

__all__ = [
    "Facts",
    "Line",
    "NoticePage",
    "Outbox",
    "OutboxHealth",
    "Rings",
    "Wish",
    "chosen_by",
    "database_now",
    "facts_of",
    "mails_due",
    "notice_page",
    "outbox",
    "outbox_health",
    "rest_of_window",
    "rings",
    "times_of",
    "title_of",
    "wishes_of",
]
