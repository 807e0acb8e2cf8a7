"""The Celery app: started with `celery -A tracker worker` and `celery -A tracker beat`."""

import contextlib
import os
from pathlib import Path

from celery import Celery
from celery.signals import beat_init, celeryd_init, setup_logging, worker_init
from django.urls import reverse
from kombu.exceptions import OperationalError

from tracker.schedule import BEAT

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
# Django's checks, which a worker would run at its start, ask the database: one that starts while it is away would end.
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")

_NICENESS = 10
"""Of 19. A tenth of a pinched processor is left; a herd of mails waits longer, which R3 of the promises allows."""

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = BEAT
app.autodiscover_tasks()


@setup_logging.connect
def _leave_logging_alone(**_: object) -> None:
    """Keep the logging of tracker.logs: with this receiver Celery configures none of its own."""


@beat_init.connect
def _tick_at_once(**_: object) -> None:
    """Catch up when beat starts, instead of one interval later."""
    tick = BEAT["tick"]
    with contextlib.suppress(OperationalError):
        app.send_task(tick["task"], **tick["options"])


@celeryd_init.connect
def _after_pages(**_: object) -> None:
    """Let the pages go first where a worker shares their processors: a person waits for a page, nobody for a mail."""
    os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    # Linux weighs sessions against each other first, where it groups by them; one of our own may be told.
    if os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_NICENESS), encoding="ascii")


@worker_init.connect
def _know_addresses(**_: object) -> None:
    """Load the pages before the worker forks: else each child does it for its first letter, in memory of its own."""
    reverse("applications:today")
