"""The bytes of a letter, written directly: Python's own generator takes as long as all the rest of sending together."""

import uuid
from binascii import b2a_qp
from email import message_from_bytes
from email.header import Header
from email.message import Message
from email.policy import Policy, compat32
from email.utils import formataddr, parseaddr
from functools import lru_cache

from django.core.mail import EmailMultiAlternatives

_POLICY = compat32.clone(linesep="\r\n", max_line_length=None)
"""Python's older rules leave the long signed address whole."""


class Letter(EmailMultiAlternatives):
    """A mail of two parts, text and HTML, to one person, which is all that reminders need."""

    def wire(self) -> bytes:
        """Return it as the server gets it: short lines of ASCII. Raises ValueError for an address that is none."""
        boundary = f"=_{uuid.uuid4().hex}"
        headers = {
            "From": _sender(self.from_email),
            "To": self.recipient,
            "Subject": self.subject,
            **self.extra_headers,
            "MIME-Version": "1.0",
            "Content-Type": f'multipart/alternative; boundary="{boundary}"',
        }
        head = "\r\n".join(_header(name, str(value)) for name, value in headers.items()).encode()
        mark = f"\r\n--{boundary}".encode()
        parts = (_part(b"plain", str(self.body)), _part(b"html", str(self.alternatives[0][0])))
        return b"".join((head, b"\r\n", *(mark + b"\r\n" + part for part in parts), mark, b"--\r\n"))

    @property
    def recipient(self) -> str:
        """The address as mail servers know it: in ASCII, its host by its own old rule."""
        local, _, host = self.to[0].rpartition("@")
        plain = f"{local}@{host if host.isascii() else host.encode('idna').decode()}"
        if not (plain.isascii() and plain.isprintable()) or " " in plain:
            raise ValueError("No address.")
        return plain

    @property
    def sender(self) -> str:
        """The address that the server is told."""
        return _bare(self.from_email)

    def message(self, *, policy: Policy | None = None) -> Message:  # type: ignore[override]  # noqa: ARG002 - Django's signature
        """Return the same for Django's other ways of sending."""
        return message_from_bytes(self.wire(), policy=_POLICY)


def _header(name: str, value: str) -> str:
    if "\r" in value or "\n" in value:
        raise ValueError("A header has one line.")
    said = value if value.isascii() else Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {said}"


@lru_cache(maxsize=8)
def _sender(address: str) -> str:
    return formataddr(parseaddr(address))


@lru_cache(maxsize=8)
def _bare(address: str) -> str:
    return parseaddr(address)[1]


def _part(subtype: bytes, text: str) -> bytes:
    content = b2a_qp(text.encode(), istext=True).replace(b"\n", b"\r\n")
    head = b'Content-Type: text/%s; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return head % subtype + content
