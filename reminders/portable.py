"""What of reminders is a person's own data: their wishes, and what they were told."""

from reminders.models import CalendarFeed, Delivery, Device, Notice, Preference, Times
from tracker.lib.portable import KEPT_FOR_CHECKS, Table

_HASHED = "It is a secret of the site, of the device or of the calendar."
_ABOUT = (
    "round", "season", "application", "cycle", "sharing", "sign_in", "proposal", "request", "comment", "contact",
    "carrier",
)  # fmt: skip
_WAY = ("available_at", "lease_token", "maybe_at", "last_error", "attempts", "revision")

TABLES = (
    Table("reminder_preferences", Preference, lambda person: Preference.objects.filter(person=person)),
    Table("reminder_times", Times, lambda person: Times.objects.filter(person=person)),
    Table(
        "notices",
        Notice,
        Notice.objects.visible_to,
        leaves_out={"round": "`url` has it."},
        comes_back=False,
    ),
    Table(
        "reminders",
        Delivery,
        lambda person: Delivery.objects.filter(person=person),
        leaves_out={**dict.fromkeys(_ABOUT, "`key` has it."), **dict.fromkeys(_WAY, KEPT_FOR_CHECKS)},
        comes_back=False,
    ),
    Table(
        "devices",
        Device,
        Device.objects.visible_to,
        leaves_out=dict.fromkeys(("endpoint", "endpoint_hash", "p256dh", "auth"), _HASHED),
        comes_back=False,
    ),
    Table(
        "calendar_address",
        CalendarFeed,
        lambda person: CalendarFeed.objects.filter(person=person),
        leaves_out={"token_hash": _HASHED},
        comes_back=False,
    ),
)

LEFT_OUT = {"Push": "It is how a notice travels; `notices` has what it says."}
