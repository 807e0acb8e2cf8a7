"""`manage.py new_push_key`: a key for VAPID_PRIVATE_KEY."""

from django.core.management.base import BaseCommand

from reminders.push_keys import new_private_key


class Command(BaseCommand):
    """Prints a new key and keeps it nowhere."""

    help = "Print a new key for VAPID_PRIVATE_KEY, which signs notifications for people's devices."

    def handle(self, **_: object) -> None:
        """Print it, alone on its line."""
        self.stdout.write(new_private_key())
