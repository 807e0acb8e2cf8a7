"""What is to be sent, what was told in the app, and what each person wants of it."""

from reminders.models.delivery import Delivery, DeliveryQuerySet, Kind, Rule
from reminders.models.device import Device, DeviceQuerySet, Push
from reminders.models.feed import CalendarFeed, CalendarFeedQuerySet
from reminders.models.machinery import Heartbeat, JournalRead, MailServer
from reminders.models.notice import Notice
from reminders.models.wishes import DAYS, Preference, Times

__all__ = [
    "DAYS",
    "CalendarFeed",
    "CalendarFeedQuerySet",
    "Delivery",
    "DeliveryQuerySet",
    "Device",
    "DeviceQuerySet",
    "Heartbeat",
    "JournalRead",
    "Kind",
    "MailServer",
    "Notice",
    "Preference",
    "Push",
    "Rule",
    "Times",
]
