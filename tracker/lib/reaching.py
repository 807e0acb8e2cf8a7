"""Calls addresses that somebody else named, and reaches nothing inside: the one road of all that calls out.

A name is looked up once, all of its numbers must be in the open net, and a number that was looked at is the one that is
called: a name that changes its mind meanwhile leads nowhere (DNS rebinding). Whoever is silent or drips is hung up on.
No redirect is followed here.
"""

import contextlib
import datetime as dt
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

PORTS = {"http": 80, "https": 443}
_CONNECT = 5.0
_LOOKUP = 5.0
_NO_ADDRESS = "This is no web address."
_LATE = "Nothing came in time."
# What Python takes for open, or took for it once: the old and new ways to write an IPv4 number as another (6to4, NAT64
# and whatever else is outside of 2000::/3), and the neighbour whom every machine in Azure has.
_OPEN_V6 = ipaddress.ip_network("2000::/3")
_SHUT = tuple(
    ipaddress.ip_network(one) for one in ("2001::/23", "2002::/16", "3fff::/20", "192.88.99.0/24", "168.63.129.16/32")
)

type Number = ipaddress.IPv4Address | ipaddress.IPv6Address


class ReachError(Exception):
    """Nothing was read; the message is a sentence for whoever named the address. wait: not before this many seconds."""

    def __init__(self, sentence: str, wait: int = 0) -> None:
        """Keep the sentence and the wait."""
        super().__init__(sentence)
        self.sentence = sentence
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent to an address, and to which of its numbers."""

    parts: SplitResult
    number: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes | None = None


def read_url(url: str) -> SplitResult:
    """Return the parts of an http or https address without name and password; ReachError for any other text."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises when it is none
    except ValueError:
        raise ReachError(_NO_ADDRESS) from None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise ReachError(_NO_ADDRESS)
    return parts


def port_of(parts: SplitResult) -> int:
    """Return the port that an address means."""
    return PORTS[parts.scheme] if parts.port is None else parts.port


def origin_of(parts: SplitResult) -> str:
    """Return an origin as settings name it: "https://api.example.org", with its port where that is not the usual."""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = port_of(parts) == PORTS[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}")


def number_of(host: str) -> Number | None:
    """Return the number that a host is written as; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def numbers_of(parts: SplitResult, *, seconds: float = _LOOKUP) -> list[Number]:
    """Return the numbers of the host; ReachError when nobody knows it, or not within so many seconds."""
    host, found = parts.hostname or "", list[Number]()

    def ask() -> None:
        with contextlib.suppress(OSError, ValueError):  # unknown, or nothing that could be a name
            answers = socket.getaddrinfo(host, port_of(parts), type=socket.SOCK_STREAM)
            found.extend(ipaddress.ip_address(one[4][0]) for one in answers)

    # The system's own lookup knows no limit, and whoever answers for a name may take their time.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise ReachError(f"{host} is not known.")
    return list(found)


def open_number(parts: SplitResult, *, inside: bool = False) -> str:
    """Return the number to call; ReachError unless all that the host has are in the open net, or it may be inside."""
    found = numbers_of(parts)
    if not inside and not all(map(is_open, found)):
        raise ReachError(f"{parts.hostname} leads into a net that is not open to all.")
    return str(found[0])


def is_open(number: Number) -> bool:
    """Say whether a number is in the net that is open to all."""
    if (
        not number.is_global
        or number.is_multicast
        or any(number in net for net in _SHUT if net.version == number.version)
    ):
        return False
    return number.version == 4 or number in _OPEN_V6  # noqa: PLR2004 - the version of the protocol


@contextlib.contextmanager
def reached(question: Question, *, seconds: float) -> Iterator[urllib3.BaseHTTPResponse]:
    """Give the answer, of which status and headers are read; after so many seconds the line is cut, also in the block.

    ReachError says in a sentence why there was none, or no end of it.
    """
    parts, ends = question.parts, time.monotonic() + seconds
    headers = {**question.headers, "Host": parts.netloc}
    with _Watch(seconds) as watch:
        try:
            answer = _pool(question, watch, seconds).urlopen(
                question.method,
                f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}",
                body=question.body,
                headers=headers,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                yield answer
            finally:
                answer.close()
        except urllib3.exceptions.HTTPError as error:
            raise ReachError(_LATE if time.monotonic() >= ends else _trouble(error)) from None
        if watch.is_over:  # what was cut looks like an end
            raise ReachError(_LATE)


def wait_of(answer: urllib3.BaseHTTPResponse) -> int:
    """Return the seconds of Retry-After; a day at most, 0 without any."""
    said = answer.headers.get("Retry-After", "")
    longest = int(dt.timedelta(days=1).total_seconds())
    return min(int(said), longest) if said.isascii() and said.isdecimal() and len(said) <= len(str(longest)) else 0


class _Watch:
    """Cuts a line after some seconds: the time-outs of sockets begin anew with every byte."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._line: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._line:
            self._line.close()

    def hold(self, line: socket.socket) -> None:
        """Keep a second handle: TLS takes the first one over."""
        if self.is_over:
            raise TimeoutError
        self._line = line.dup()

    def _cut(self) -> None:
        self.is_over = True
        if self._line:
            with contextlib.suppress(OSError):  # it ended by itself
                self._line.shutdown(socket.SHUT_RDWR)


class _Watched:
    """A connection whose line the watch holds."""

    def __init__(self, *args: object, watch: _Watch, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._watch = watch

    def _new_conn(self) -> socket.socket:
        line: socket.socket = super()._new_conn()  # type: ignore[misc]  # of the class that this is mixed into
        self._watch.hold(line)
        return line


class _Plain(_Watched, HTTPConnection):
    pass


class _Secure(_Watched, HTTPSConnection):
    pass


def _pool(question: Question, watch: _Watch, seconds: float) -> urllib3.HTTPConnectionPool:
    """Return a pool of one connection, to the number, with the certificate of the name."""
    host, port = question.parts.hostname or "", port_of(question.parts)
    told: dict[str, Any] = {"timeout": urllib3.Timeout(connect=min(_CONNECT, seconds), read=seconds), "watch": watch}
    pool: urllib3.HTTPConnectionPool
    if question.parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(question.number, port, server_hostname=host, assert_hostname=host, **told)
        pool.ConnectionCls = _Secure
    else:
        pool = urllib3.HTTPConnectionPool(question.number, port, **told)
        pool.ConnectionCls = _Plain
    return pool


def _trouble(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return _LATE
    if isinstance(error, urllib3.exceptions.SSLError):
        return "The address has no certificate that can be trusted."
    return "The connection broke, or none could be made."
