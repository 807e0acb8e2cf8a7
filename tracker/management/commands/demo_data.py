"""`manage.py demo_data`: what `make demo` shows."""

from django.core.management.base import BaseCommand

from tracker.demo_data.loading import load
from tracker.lib import clock


class Command(BaseCommand):
    """Loads the demo's people, companies and applications; a second run changes nothing."""

    help = "Load the demo data around today, once: a second run leaves everything as people have changed it."

    def handle(self, **_: object) -> None:
        """Load, and say what happened."""
        loaded = load(at=clock.now())
        self.stdout.write(
            "The demo data is loaded." if loaded else "The demo data is here already; nothing is changed."
        )
