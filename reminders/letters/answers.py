"""What a mail server's answer means: for the letter in hand, and for those after it.

| Answer | The letter | The server |
|---|---|---|
| taken | sent | goes on |
| 4xx to recipient or content | again by the table of waits, until its deadline or for a day | goes on |
| 5xx to recipient or content, or no address at all | given up | goes on |
| 421 anywhere | as if it had not been tried | rests, if a new connection is no better |
| connection lost in mid-letter, or no answer in time | may be out: again by the table, the same Message-ID | the same |
| no connection, no sign-in, sender refused | as if it had not been tried | rests |
"""

import smtplib

_CLOSING = 421
_FOR_GOOD = range(500, 600)


class UnwritableError(Exception):
    """A letter that our own templates cannot say: tried again later, when they may have been mended."""


class NoConnectionError(Exception):
    """Nobody takes letters: no connection, or no sign-in."""


def codes(error: Exception) -> list[int]:
    """Return the server's numbers for what went wrong."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def is_for_good(error: Exception) -> bool:
    """Say whether this recipient or letter will never be taken: 5xx for them, or an address that is none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return all(code in _FOR_GOOD for code in codes(error))
    return isinstance(error, ValueError) and not isinstance(error, OSError)


def is_server_trouble(error: Exception) -> bool:
    """Say whether the next letter would fare no better: no connection, no sign-in, sender not allowed, closing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return _CLOSING in codes(error)
    return isinstance(error, smtplib.SMTPException | OSError | NoConnectionError)


def may_be_out(error: Exception) -> bool:
    """Say whether the server may have taken the letter all the same: it did not answer."""
    return isinstance(error, smtplib.SMTPException | OSError) and not codes(error)


def name(error: Exception) -> str:
    """Return the kind of trouble and the server's numbers; never its text, which may quote an address."""
    if isinstance(error, NoConnectionError):
        return str(error)
    more = error.args if isinstance(error, UnwritableError) else codes(error)
    return " ".join([type(error).__name__, *map(str, more)])[:100]
