"""One EMAIL_URL becomes Django's MAILERS entry."""

from typing import Any
from urllib.parse import unquote, urlsplit

TIMEOUT = 20
"""Seconds that a mail server may keep a worker waiting."""

_BACKENDS = {"memorymail": "locmem", "consolemail": "console", "dummymail": "dummy"}
_SMTP = {"smtp": {}, "smtp+tls": {"use_tls": True}, "smtps": {"use_tls": True}, "smtp+ssl": {"use_ssl": True}}


def mailer(url: str) -> dict[str, Any]:
    """Return BACKEND and OPTIONS for `smtp://user:password@host:25`, `smtp+tls://`, `smtp+ssl://`, `consolemail://`.

    Raises ValueError with a sentence for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme in _BACKENDS:
        return {"BACKEND": f"django.core.mail.backends.{_BACKENDS[parts.scheme]}.EmailBackend"}
    if parts.scheme not in _SMTP:
        message = f"EMAIL_URL starts with {parts.scheme}://; use one of {', '.join([*_SMTP, *_BACKENDS])}."
        raise ValueError(message)
    encryption = _SMTP[parts.scheme]
    server = {"host": parts.hostname or "localhost", "port": parts.port or (465 if "use_ssl" in encryption else 25)}
    person = {"username": unquote(parts.username or ""), "password": unquote(parts.password or "")}
    options = {**server, **(person if parts.username else {}), **encryption, "timeout": TIMEOUT}
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
