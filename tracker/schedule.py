"""When beat wakes whom: UTC intervals as plain data; no local crontab, so a clock change moves nothing."""

from typing import Any

from tracker.env import env

BEAT: dict[str, dict[str, Any]] = {
    "tick": {
        "task": "reminders.tick",
        "schedule": 60.0,
        # A tick that waited longer than the next one is of no use: the next finds the same rows.
        "options": {"expires": 55},
    },
    # Feeds that are due, and files that nobody took yet: who uploads one nudges a worker at once.
    "read-feeds": {"task": "companies.import", "schedule": 300.0, "options": {"expires": 280}},
    # Imports of students that no worker took, or that one did not survive: who asks for one nudges a worker at once.
    "import-sheets": {"task": "imports.import", "schedule": 60.0, "options": {"expires": 55}},
    "tidy-imports": {"task": "imports.tidy", "schedule": 3_600.0, "options": {"expires": 3_000}},
    "ask-links": {"task": "companies.links", "schedule": 3_600.0, "options": {"expires": 3_000}},
    "expect": {"task": "companies.expect", "schedule": 86_400.0, "options": {"expires": 80_000}},
    # At most once a week: the job itself knows when it published last.
    "publish-figures": {"task": "supervision.publish", "schedule": 3_600.0, "options": {"expires": 3_000}},
    "rank": {"task": "applications.rank", "schedule": 600.0, "options": {"expires": 550}},
    "tidy": {"task": "applications.tidy", "schedule": 3_600.0, "options": {"expires": 3_000}},
    # Whoever asks for an archive nudges a worker at once; this finds what nobody took.
    "carry-archives": {"task": "owndata.import", "schedule": 300.0, "options": {"expires": 280}},
    "tidy-own-data": {"task": "owndata.tidy", "schedule": 3_600.0, "options": {"expires": 3_000}},
    "tidy-accounts": {"task": "accounts.tidy", "schedule": 3_600.0, "options": {"expires": 3_000}},
}
if env("WEBHOOKS"):  # their queue has a worker of its own, which is there only then
    BEAT["send-webhooks"] = {"task": "webhooks.send", "schedule": 10.0, "options": {"expires": 9}}
