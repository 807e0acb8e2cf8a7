"""What pages, health and the reminders themselves ask."""

from reminders.queries.facts import Facts, facts_of
from reminders.queries.health import OutboxHealth, database_now, mails_due, outbox_health
from reminders.queries.notices import Line, NoticePage, notice_page, unread_count
from reminders.queries.wishes import CHOSEN, Wish, wishes_of

__all__ = [
    "CHOSEN",
    "Facts",
    "Line",
    "NoticePage",
    "OutboxHealth",
    "Wish",
    "database_now",
    "facts_of",
    "mails_due",
    "notice_page",
    "outbox_health",
    "unread_count",
    "wishes_of",
]
