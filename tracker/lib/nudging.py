"""Asks a worker for a task now; never in the way of what was just changed, for beat finds the row without it."""

import structlog
from celery import current_app
from django.conf import settings

log = structlog.get_logger(__name__)


def nudge(task: str, *arguments: object, countdown: float = 0) -> bool:
    """Ask for a task; say whether the broker took it."""
    try:
        with current_app.connection_for_write(transport_options=_hasty()) as connection:
            current_app.send_task(
                task,
                arguments,
                connection=connection,
                countdown=countdown,
                expires=settings.WAYMARK_TICK_SECONDS,
                retry=False,
            )
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the broker, the database knows what is due
        log.warning("wake_unavailable", error=type(error).__name__)
        return False
    return True


def _hasty() -> dict[str, object]:
    """Return options under which a broker that is away is known to be away within a second."""
    return {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "max_retries": 0,
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "connect_retries_timeout": 1,
    }
