"""Carries due letters to the mail server, batch by batch, and runs the pass that beat, cron and nudges ask for."""

import datetime as dt
import smtplib
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend

from reminders import actions
from reminders.actions import Lease
from reminders.letters.envelope import Letter, compose
from reminders.queries import Facts
from supervision.mailing import send_invitations

log = structlog.get_logger(__name__)

Clock = Callable[[], dt.datetime]

_CLOSING = 421
_FOR_GOOD = range(500, 600)
_PATIENCE = 4
"""A sender stops after this part of its lease, so that the last mail it began ends within the lease."""


@dataclass(slots=True)
class Sent:
    """What became of the mails of one round of sending."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    lost_leases: int = 0
    no_server: bool = False


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one pass did."""

    planned: actions.Planned
    told: int
    expired: int
    mails: Sent = field(default_factory=Sent)


class UnwritableError(Exception):
    """A letter that our own templates cannot say: tried again later, when they may have been mended."""


class ServerTroubleError(Exception):
    """The mail server cannot be used just now; no fault of the letter."""


def tick(*, clock: Clock, before_sending: Callable[[], None] = lambda: None) -> Ticked:
    """Plan, show in the app what is due there, end what is too late, and send; safe at any time, beside any other."""
    planned = actions.make_plan(at=clock())
    expired = _for_a_while(actions.expire, clock)
    told = _for_a_while(actions.tell, clock)
    before_sending()
    mails = deliver(clock=clock)
    if not mails.no_server:
        send_invitations(at=clock())  # after the reminders, which know less patience
    return Ticked(planned, told, expired, mails)


def _for_a_while(step: Callable[..., int], clock: Clock) -> int:
    """Repeat a step until nothing is left, or a third of the time for sending is over: mails must not wait for it."""
    ends = time.monotonic() + settings.WAYMARK_DRAIN_SECONDS / 3
    total = 0
    while time.monotonic() < ends and (done := step(at=clock())):
        total += done
    return total


def deliver(*, clock: Clock) -> Sent:
    """Send what is due until nothing is, the server cannot be used, or the time of one task is over."""
    result = Sent()
    ends = time.monotonic() + settings.WAYMARK_DRAIN_SECONDS
    while time.monotonic() < ends and not result.no_server:
        lease = actions.claim(at=clock())
        if lease is None:
            break
        _Batch(lease, result).send()
    return result


class _Batch:
    """One lease on its way: one connection, one letter after the other."""

    def __init__(self, lease: Lease, result: Sent) -> None:
        self.token = lease.token
        self.waiting = list(lease.mails)
        self.result = result
        self.server = mailers.default
        self._claimed_at = lease.at
        self._began = time.monotonic()

    def now(self) -> dt.datetime:
        """Return the database's clock at the claim, and what has passed since."""
        return self._claimed_at + dt.timedelta(seconds=time.monotonic() - self._began)

    def send(self) -> None:
        """Send while the lease is young; what was not begun goes back, whatever happens."""
        ends = self._claimed_at + settings.WAYMARK_LEASE / _PATIENCE
        again_at = None
        try:
            while self.waiting and self.now() < ends:
                _open(self.server)
                self._send_one(self.waiting.pop(0))
        except ServerTroubleError as trouble:
            log.warning("mail_server_trouble", error=str(trouble))
            self.result.no_server = True
            again_at = self.now() + dt.timedelta(minutes=settings.WAYMARK_RETRY_AFTER_MINUTES[0])
        finally:
            if self.waiting:
                actions.give_back(mails=self.waiting, token=self.token, at=again_at or self.now())
            _hang_up(self.server)

    def _send_one(self, mail: Facts) -> None:
        """Send one letter and write down at once what became of it."""
        trouble: Exception | None = None
        try:
            self.server.send_messages([_written(mail, at=self.now())])
        except SoftTimeLimitExceeded:
            raise  # it may be out or not: the lease decides, and the Message-ID tells
        except Exception as error:  # noqa: BLE001 - a letter that cannot be written must not hold up the others
            trouble = error
        self.result.lost_leases += not self._write_down(mail, trouble)
        if trouble is not None:
            _tell_operator(mail, trouble)
            if _is_server_trouble(trouble):
                raise ServerTroubleError(_name(trouble)) from trouble

    def _write_down(self, mail: Facts, trouble: Exception | None) -> bool:
        """Return False when the lease was lost meanwhile."""
        at = self.now()
        if trouble is None:
            self.result.sent += 1
            return actions.close(mail=mail, token=self.token, at=at)
        if _is_for_good(trouble):
            self.result.given_up += 1
            return actions.give_up(mail=mail, token=self.token, error=_name(trouble))
        self.result.put_off += 1
        return actions.try_later(mail=mail, token=self.token, error=_name(trouble), at=at)


def _written(mail: Facts, *, at: dt.datetime) -> Letter:
    """Compose it; what goes wrong is our fault and no reason to give up on the recipient."""
    try:
        return compose(mail, at=at)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        raise UnwritableError(type(error).__name__) from error


def _open(server: BaseEmailBackend) -> None:
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        raise ServerTroubleError(_name(error)) from error


def _hang_up(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (smtplib.SMTPException, OSError) as error:
        log.info("mail_server_hung_up", error=_name(error))


def _tell_operator(mail: Facts, trouble: Exception) -> None:
    """Log the kind of trouble and the place in the code; the error's own text may hold what people wrote."""
    places = traceback.extract_tb((trouble.__cause__ or trouble).__traceback__)
    where = f"{places[-1].filename}:{places[-1].lineno}" if places else ""
    log.warning("mail_not_sent", delivery=mail.delivery.pk, error=_name(trouble), where=where)


def _codes(error: Exception) -> list[int]:
    """Return the server's numbers for what went wrong."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_for_good(error: Exception) -> bool:
    """Say whether this recipient or letter will never be taken: 5xx for them, or an address that is none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return all(code in _FOR_GOOD for code in _codes(error))
    return isinstance(error, ValueError) and not isinstance(error, OSError)


def _is_server_trouble(error: Exception) -> bool:
    """Say whether the next letter would fare no better: no connection, no sign-in, sender not allowed, closing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return _CLOSING in _codes(error)
    return isinstance(error, smtplib.SMTPException | OSError)


def _name(error: Exception) -> str:
    """Return the kind of trouble and the server's numbers; never its text, which may quote an address."""
    more = error.args if isinstance(error, UnwritableError) else _codes(error)
    return " ".join([type(error).__name__, *map(str, more)])[:100]
