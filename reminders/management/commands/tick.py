"""`manage.py tick`: one pass of planning and sending, for cron or systemd."""

import argparse
import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser

from reminders.letters import Ticked, tick
from reminders.queries import database_now

_EXAMPLES = """examples:
  manage.py tick                                  once, now
  * * * * * cd /srv/waymark && .venv/bin/python manage.py tick     each minute, from cron

It may run beside beat and beside itself: every reminder is planned once and sent once.
"""


class Command(BaseCommand):
    """Does what beat asks of a worker each minute."""

    help = "Plan reminders and send those that are due: one pass, safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the only choice."""
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the counts as one JSON object")

    def handle(self, *, as_json: bool, **_: object) -> None:
        """Run the pass and say what it did."""
        done = tick(clock=database_now)
        self.stdout.write(json.dumps(asdict(done)) if as_json else _sentences(done))


def _sentences(done: Ticked) -> str:
    planned, mails = done.planned, done.mails
    said = (
        f"Planned {planned.made:,}, set right {planned.righted:,}, retired {planned.retired:,}. "
        f"Shown in the app {done.told:,}, too late for a letter {done.expired:,}. "
        f"Sent {mails.sent:,}, put off {mails.put_off:,}, given up {mails.given_up:,}."
    )
    return f"{said} The mail server does not take letters; they wait." if mails.no_server else said
