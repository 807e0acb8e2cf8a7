"""The line to the mail server: opened once, kept for all letters of a round of sending."""

import smtplib

import structlog
from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend

from reminders.letters.answers import NoConnectionError, name
from reminders.letters.wire import Letter

log = structlog.get_logger(__name__)


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
        except (smtplib.SMTPException, OSError) as error:
            raise NoConnectionError(name(error)) from error
        if isinstance(self.server, EmailBackend) and self.server.connection:
            # Django's own way reads every address and writes every header anew, for a quarter of the time.
            self.server.connection.sendmail(letter.sender, [letter.recipient], letter.wire())
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
