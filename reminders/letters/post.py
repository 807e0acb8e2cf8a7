"""Carries due letters to the mail server, batch by batch, and runs the pass that beat, cron and nudges ask for."""

import datetime as dt
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from reminders import actions
from reminders.actions import Lease, Mail, Wait
from reminders.letters.answers import (
    NoConnectionError,
    UnwritableError,
    is_for_good,
    is_server_trouble,
    may_be_out,
    name,
)
from reminders.letters.envelope import compose
from reminders.letters.line import Line
from reminders.letters.push import push
from reminders.letters.wire import Letter
from supervision.mailing import send_letters
from tracker.lib import journal

log = structlog.get_logger(__name__)

Clock = Callable[[], dt.datetime]

_PATIENCE = 4
"""A sender stops after this part of its lease, so that the last mail it began ends within the lease."""
_UNWRITTEN = 1.0
"""Seconds for which what was sent may stand in the journal alone."""
_IDLE = 1.0
"""Seconds after which a connection without a letter is closed: servers end idle ones themselves."""


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
    pushed: int = 0


def tick(*, clock: Clock, before_sending: Callable[[], None] = lambda: None) -> Ticked:
    """Plan, show in the app what is due there, end what is too late, and send; safe at any time, beside any other.

    First of all the journal is read on: after a restore nothing may be planned or sent that went out before.
    """
    actions.catch_up(at=clock())
    planned = actions.make_plan(at=clock())
    expired = _for_a_while(actions.expire, clock)
    told = _for_a_while(actions.tell, clock)
    before_sending()
    mails = deliver(clock=clock)
    if not mails.no_server:
        send_letters(at=clock())  # after the reminders, which know less patience
    return Ticked(planned, told, expired, mails, push(clock=clock))


def _for_a_while(step: Callable[..., int], clock: Clock) -> int:
    """Repeat a step until nothing is left, or a ninth of the time for sending is over: mails must not wait for it."""
    ends = time.monotonic() + settings.WAYMARK_DRAIN_SECONDS / 9
    total = 0
    while time.monotonic() < ends and (done := step(at=clock())):
        total += done
    return total


def deliver(*, clock: Clock) -> Sent:
    """Send what is due until nothing is, the server cannot be used, or the time of one task is over."""
    result = Sent()
    line = Line()
    ends = time.monotonic() + settings.WAYMARK_DRAIN_SECONDS
    try:
        while time.monotonic() < ends and not result.no_server:
            began = time.monotonic()
            lease = actions.claim(at=clock())
            if lease is None:
                break
            if isinstance(lease, Wait):
                result.no_server = lease.no_server
                _rest(lease.seconds, ends, line)
            else:
                _Batch(lease, began, line, result).send()
    finally:
        line.hang_up()
    return result


def _rest(seconds: float, ends: float, line: Line) -> None:
    if seconds > _IDLE:
        line.hang_up()
    time.sleep(max(0.0, min(seconds, ends - time.monotonic())))


class _Batch:
    """One lease on its way, one letter after the other."""

    def __init__(self, lease: Lease, began: float, line: Line, result: Sent) -> None:
        self.lease = lease
        self.waiting = list(lease.mails)
        self.sent: list[tuple[Mail, dt.datetime]] = []
        self.line = line
        self.result = result
        self._began = began
        self._written = began

    def now(self) -> dt.datetime:
        """Return the database's clock at the claim, and what has passed since."""
        return self.lease.at + dt.timedelta(seconds=time.monotonic() - self._began)

    def send(self) -> None:
        """Send while the lease is young; what was not begun goes back, whatever happens."""
        ends = self.lease.at + settings.WAYMARK_LEASE / _PATIENCE
        try:
            while self.waiting and not self.result.no_server and self.now() < ends:
                self._send_one(self.waiting.pop(0))
        finally:
            self._write_down()
            if self.waiting:
                actions.give_back(mails=self.waiting, token=self.lease.token, at=self.now())

    def _send_one(self, mail: Mail) -> None:
        try:
            self.line.carry(_written(mail, at=self.now()))
        except SoftTimeLimitExceeded:
            raise  # it may be out or not: the lease decides, and the Message-ID tells
        except Exception as trouble:  # noqa: BLE001 - a letter that cannot be written must not hold up the others
            _tell_operator(mail, trouble)
            if is_server_trouble(trouble):
                self._meet(trouble, mail)
                return
            self._not_sent(mail, trouble)
            if isinstance(trouble, UnwritableError):
                return
        else:
            self._was_sent(mail)
        if self.lease.is_probe:
            actions.reopen()  # the server answers

    def _was_sent(self, mail: Mail) -> None:
        """Write it into the journal at once, and into the database with others, soon."""
        at = self.now()
        self.result.sent += 1
        self.sent.append((mail, at))
        noted = journal.note(kind="sent", at=at, keys=[facts.delivery.key for facts in mail.all])
        if not noted or time.monotonic() - self._written > _UNWRITTEN:
            self._write_down()

    def _write_down(self) -> None:
        self._written = time.monotonic()
        if self.sent:
            self.result.lost_leases += actions.close(sent=self.sent, token=self.lease.token)
            self.sent = []

    def _not_sent(self, mail: Mail, trouble: Exception) -> None:
        """Put it off or give it up, by the table in `answers`."""
        token, error = self.lease.token, name(trouble)
        if is_for_good(trouble):
            self.result.given_up += 1
            held = actions.give_up(mail=mail, token=token, error=error, at=self.now())
        else:
            self.result.put_off += 1
            held = actions.try_later(mail=mail, token=token, error=error, at=self.now())
        self.result.lost_leases += not held

    def _meet(self, trouble: Exception, mail: Mail) -> None:
        """Hang up: a connection that took letters may have had its fill, a new one that takes none is trouble."""
        if isinstance(trouble, NoConnectionError):
            self.waiting.insert(0, mail)
        elif may_be_out(trouble):
            self._not_sent(mail, trouble)
        else:  # behind the others, so that the next try shows whether it was about this letter
            self.result.put_off += 1
            behind = self.now() + dt.timedelta(minutes=settings.WAYMARK_RETRY_AFTER_MINUTES[0])
            actions.give_back(mails=[mail], token=self.lease.token, at=behind)
        is_fresh = not self.line.taken
        self.line.hang_up()
        if is_fresh:
            self.result.no_server = True
            actions.shut(at=self.now(), was_probe=self.lease.is_probe)


def _written(mail: Mail, *, at: dt.datetime) -> Letter:
    """Compose it; what goes wrong is our fault and no reason to give up on the recipient."""
    try:
        return compose(mail.facts, at=at, also=mail.also)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        raise UnwritableError(type(error).__name__) from error


def _tell_operator(mail: Mail, trouble: Exception) -> None:
    """Log the kind of trouble and the place in the code; the error's own text may hold what people wrote."""
    places = traceback.extract_tb((trouble.__cause__ or trouble).__traceback__)
    where = f"{places[-1].filename}:{places[-1].lineno}" if places else ""
    log.warning("mail_not_sent", delivery=mail.delivery.pk, error=name(trouble), where=where)
