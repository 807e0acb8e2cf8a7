"""Carries notices to people's devices by web push, beside the mails and after them."""

import datetime as dt
import time
from collections.abc import Callable
from email.utils import parseaddr
from urllib.parse import urlsplit

import structlog
import urllib3
from django.conf import settings

from reminders import actions, push_keys
from reminders.models import Push

log = structlog.get_logger(__name__)

_TIMEOUT = urllib3.Timeout(connect=3, read=5)
_GONE = {404, 410}
_LATER = {408, 425, 429}
_TOKEN = dt.timedelta(hours=12)


def push(*, clock: Callable[[], dt.datetime]) -> int:
    """Send what is due to devices for a few seconds; return how many messages the push services took.

    Without a key nobody has a device, and nothing is asked. A service that does not answer is left alone until the next
    time, so that it cannot hold up the others.
    """
    if not settings.VAPID_PRIVATE_KEY:
        return 0
    actions.make_pushes(at=clock())
    ends = time.monotonic() + settings.WAYMARK_PUSH_SECONDS
    round_ = _Round(clock)
    while time.monotonic() < ends and (rows := actions.claim_pushes(at=clock())) is not None:
        while rows and time.monotonic() < ends:
            round_.carry(rows.pop(0))
        actions.untouched(rows, at=clock())
    return round_.sent


class _Round:
    """One round of sending: its connections, and the services that did not answer."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self.clock, self.sent = clock, 0
        self._pool = urllib3.PoolManager(timeout=_TIMEOUT, retries=False, maxsize=1)
        self._silent: set[str] = set()

    def carry(self, row: Push) -> None:
        endpoint, host = row.device.endpoint, urlsplit(row.device.endpoint).netloc
        if not push_keys.is_allowed(endpoint, settings.PUSH_SERVICES):
            actions.end_pushes([row], outcome=Push.Outcome.REFUSED)
        elif host in self._silent:
            actions.put_off([row], at=self.clock())
        else:
            try:
                status = self._ask(row)
            except urllib3.exceptions.HTTPError as trouble:
                log.warning("push_not_sent", push=row.pk, error=type(trouble).__name__)
                self._silent.add(host)
                status = 503
            self._end(row, status)

    def _ask(self, row: Push) -> int:
        """Hand the message over and return the status of the answer, whose text nobody reads."""
        at, device = self.clock(), row.device
        left = row.notice.created_at + settings.WAYMARK_PUSH_USEFUL - at
        answer = self._pool.request(
            "POST",
            device.endpoint,
            body=push_keys.sealed(_message(row), p256dh=device.p256dh, auth=device.auth),
            headers={
                "Authorization": push_keys.authorization(
                    device.endpoint,
                    private_key=settings.VAPID_PRIVATE_KEY,
                    contact=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
                    expires=int((at + _TOKEN).timestamp()),
                ),
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(max(0, int(left.total_seconds()))),
            },
            redirect=False,
            preload_content=False,
        )
        answer.close()
        return answer.status

    def _end(self, row: Push, status: int) -> None:
        if status in range(200, 300):
            self.sent += 1
            actions.end_pushes([row], outcome=Push.Outcome.SENT)
        elif status in _GONE:
            actions.lose_device(row)
        elif status in _LATER or status >= 500:  # noqa: PLR2004 - servers' own trouble
            actions.put_off([row], at=self.clock())
        else:
            log.warning("push_refused", push=row.pk, status=status)
            actions.end_pushes([row], outcome=Push.Outcome.REFUSED)


def _message(row: Push) -> dict[str, str]:
    """Return what the device shows: as little as the subject of a mail says; the tag lets the same come only once."""
    return {"title": row.notice.subject, "url": row.notice.url, "tag": f"notice-{row.notice_id}"}
