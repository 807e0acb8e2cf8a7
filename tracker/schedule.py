"""When beat wakes whom: UTC intervals as plain data; no local crontab, so a clock change moves nothing."""

from typing import Any

BEAT: dict[str, dict[str, Any]] = {
    "tick": {
        "task": "reminders.tick",
        "schedule": 60.0,
        # A tick that waited longer than the next one is of no use: the next finds the same rows.
        "options": {"expires": 55},
    },
    "tidy": {"task": "applications.tidy", "schedule": 3_600.0, "options": {"expires": 3_000}},
    "tidy-accounts": {"task": "accounts.tidy", "schedule": 3_600.0, "options": {"expires": 3_000}},
}
