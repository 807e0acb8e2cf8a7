"""The line to the mail server: opened once, kept for all letters of a round of sending."""

import re
import smtplib

import structlog
from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend

from reminders.letters.answers import NoConnectionError, name
from reminders.letters.wire import Letter

log = structlog.get_logger(__name__)

_OK = range(200, 300)
_GO_ON = 354
_CLOSING = 421


class Line:
    """One connection, opened when the first letter wants it, and how many letters went over it."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self.server = mailers.default
        self.taken = 0

    def carry(self, letter: Letter) -> None:
        """Hand one letter to the server; raises what smtplib raises, NoConnectionError when there is nobody."""
        try:
            self.server.open()
            server = self.server.connection if isinstance(self.server, EmailBackend) else None
            if server:
                server.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            raise NoConnectionError(name(error)) from error
        # Django's own way reads every address and writes every header anew, for a quarter of the time.
        if server and server.has_extn("pipelining"):
            _hand_over(server, letter)
        elif server:
            server.sendmail(letter.sender, [letter.recipient], letter.wire())
        else:
            self.server.send_messages([letter])
        self.taken += 1

    def hang_up(self) -> None:
        """Close it; the next letter opens another."""
        self.taken = 0
        try:
            self.server.close()
        except (smtplib.SMTPException, OSError) as error:
            log.info("mail_server_hung_up", error=name(error))


def _hand_over(server: smtplib.SMTP, letter: Letter) -> None:
    """Do as `sendmail` does, with the three commands in one go (RFC 2920): half of the waiting."""
    recipient, wire = letter.recipient, letter.wire()
    size = f" SIZE={len(wire)}" if server.has_extn("size") else ""
    server.send(f"MAIL FROM:<{letter.sender}>{size}\r\nRCPT TO:<{recipient}>\r\nDATA\r\n".encode())
    sender, taken, ready = (_reply(server) for _ in range(3))
    if ready[0] == _GO_ON:
        refused = sender[0] not in _OK or taken[0] not in _OK
        server.send(b".\r\n" if refused else re.sub(rb"(?m)^\.", b"..", wire) + b".\r\n")
        ready = _reply(server)
    if sender[0] not in _OK:
        server.rset()
        raise smtplib.SMTPSenderRefused(*sender, letter.sender)
    if taken[0] not in _OK:
        server.rset()
        raise smtplib.SMTPRecipientsRefused({recipient: taken})
    if ready[0] not in _OK:
        raise smtplib.SMTPDataError(*ready)


def _reply(server: smtplib.SMTP) -> tuple[int, bytes]:
    """Read one answer; after "closing" none follows."""
    code, said = server.getreply()
    if code == _CLOSING:
        raise smtplib.SMTPResponseException(code, said)
    return code, said
