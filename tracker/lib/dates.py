"""How days and instants read: "Thu 12 Nov", "Thu 12 Nov, 15:00 GMT". Plain functions, cheap enough for long lists."""

import datetime as dt

from django.utils import timezone

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: dt.date) -> str:
    """Thu 12 Nov."""
    return f"{DAYS[value.weekday()][:3]} {value.day} {MONTHS[value.month - 1][:3]}"


def short_day(value: dt.date) -> str:
    """12 Nov."""
    return f"{value.day} {MONTHS[value.month - 1][:3]}"


def full_day(value: dt.date) -> str:
    """12 November 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: dt.date) -> str:
    """Thursday 12 November."""
    return f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"


def moment(value: dt.datetime) -> str:
    """Thu 12 Nov, 15:00 GMT, in the zone of the request (see accounts.middleware)."""
    local = timezone.localtime(value)
    return f"{day(local)}, {local:%H:%M} {local.tzname()}"


def away(value: dt.date, today: dt.date) -> str:
    """Say how far a day is: today, tomorrow, in 3 days, yesterday, 3 days ago."""
    days = (value - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def ago(then: dt.datetime, now: dt.datetime) -> str:
    """Return "just now", "2 minutes ago", "3 hours ago", "5 days ago"."""
    seconds = max(0, int((now - then).total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = seconds // length
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"
