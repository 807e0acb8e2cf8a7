"""Fetches an address that whoever runs the site allowed, and no other: what a feed names cannot reach inside.

An address is reached by the numbers that its name had when it was checked, so that a name which changes its mind
between the check and the connection leads nowhere (DNS rebinding).
"""

import datetime as dt
import ipaddress
import socket
import time
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 3
_NOT_MODIFIED = 304
_OK = 200
_NOT_THERE = {404, 410}
_CHUNK = 65_536
_AGENT = "Waymark (list of research internships)"
_HEADERS = {
    "User-Agent": _AGENT,
    "Accept-Encoding": "gzip",
    "Accept": "application/json, text/html;q=0.9, */*;q=0.5",
}
_DEFAULT_PORTS = {"http": 80, "https": 443}


class FetchError(Exception):
    """Nothing was read; the message is a sentence for whoever keeps the feed. wait: not before this many seconds."""

    def __init__(self, sentence: str, wait: int = 0) -> None:
        """Keep the sentence and the wait."""
        super().__init__(sentence)
        self.sentence = sentence
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came; data is None when it is the same as last time."""

    data: bytes | None
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, and for how long; origins: "https://api.example.org", the ones that may be asked."""

    origins: Collection[str]
    most: int
    seconds: float


def fetch(url: str, *, etag: str = "", last_modified: str = "", limits: Limits) -> Fetched:
    """Read an address, or learn that it is as it was; FetchError when it may not or cannot be read."""
    ends = time.monotonic() + limits.seconds
    asked = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
    answer, _url = _reach(url, asked, limits, ends)
    try:
        return _read(answer, limits.most, ends)
    except urllib3.exceptions.HTTPError as error:
        raise FetchError(_trouble(error)) from None
    finally:
        answer.close()


def is_there(url: str, *, limits: Limits) -> bool | None:
    """Say whether a page is at an address; None where one cannot know: it is busy, refuses, or leads out of reach.

    An applicant system that sends whoever asks for a posting on to a page above it, the company's board, has it no
    more. Nothing of the page is read.
    """
    try:
        answer, found = _reach(url, {}, limits, time.monotonic() + limits.seconds)
    except FetchError:
        return None
    answer.close()
    if answer.status in _NOT_THERE:
        return False
    if answer.status != _OK:
        return None
    here, there = urlsplit(url), urlsplit(found)
    asked, above = here.path.rstrip("/"), there.path.rstrip("/")
    return here.hostname != there.hostname or asked == above or not asked.startswith(f"{above}/")


def _reach(url: str, headers: dict[str, str], limits: Limits, ends: float) -> tuple[urllib3.BaseHTTPResponse, str]:
    """Return the answer of the address that this one leads to, still to be read and closed, and that address."""
    headers = {**_HEADERS, **headers}
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _ask(_allowed(url, limits.origins), headers, ends)
        if answer.status not in _REDIRECTS:
            return answer, url
        answer.close()
        try:
            url = urljoin(url, answer.headers.get("Location", ""))
        except ValueError:
            break
    raise FetchError("The address leads on and on to other addresses.")


def is_allowed(url: str, origins: Collection[str]) -> bool:
    """Say whether an address is of an origin that may be asked."""
    try:
        _allowed(url, origins)
    except FetchError:
        return False
    return True


def _allowed(url: str, origins: Collection[str]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError("This is no web address.") from None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        raise FetchError("This is no web address.")
    usual = port in {None, _DEFAULT_PORTS[parts.scheme]}
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    origin = f"{parts.scheme}://{host}" + ("" if usual else f":{port}")
    if origin not in origins:
        raise FetchError(f"{origin} is not among the addresses that may be fetched (FETCH_ALLOWED).")
    return parts


def _numbers(host: str, port: int) -> str:
    """Return the address to connect to: one in the open net, or the very one that was allowed by its numbers."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise FetchError(f"{host} is not known.") from None
    addresses = [ipaddress.ip_address(one[4][0]) for one in found]
    if not addresses or not all(one.is_global and not one.is_multicast for one in addresses):
        raise FetchError(f"{host} leads into a net that is not open to all.")
    return str(addresses[0])


def _ask(parts: SplitResult, headers: dict[str, str], ends: float) -> urllib3.BaseHTTPResponse:
    host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
    numbers = _numbers(host, port)
    timeout = urllib3.Timeout(connect=5, read=max(1.0, min(30.0, ends - time.monotonic())))
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(numbers, port, timeout=timeout, server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(numbers, port, timeout=timeout)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        return pool.urlopen(
            "GET", path, headers={**headers, "Host": parts.netloc}, retries=False, redirect=False, preload_content=False
        )
    except urllib3.exceptions.HTTPError as error:
        raise FetchError(_trouble(error)) from None


def _read(answer: urllib3.BaseHTTPResponse, most: int, ends: float) -> Fetched:
    tag, modified = answer.headers.get("ETag", "")[:200], answer.headers.get("Last-Modified", "")[:100]
    if answer.status == _NOT_MODIFIED:
        return Fetched(None, tag, modified)
    if answer.status != _OK:
        raise FetchError(f"The address answers {answer.status}.", wait=_wait(answer.headers.get("Retry-After", "")))
    if answer.headers.get("Content-Length", "0").isdecimal() and int(answer.headers.get("Content-Length", "0")) > most:
        raise FetchError(f"The answer is larger than {most // 2**20:,} MiB.")
    data = bytearray()
    for piece in answer.stream(_CHUNK, decode_content=True):
        data += piece
        if len(data) > most:
            raise FetchError(f"The answer is larger than {most // 2**20:,} MiB.")
        if time.monotonic() > ends:
            raise FetchError("The answer took too long.")
    return Fetched(bytes(data), tag, modified)


def _wait(said: str) -> int:
    """Read Retry-After in seconds; a day at most."""
    longest = int(dt.timedelta(days=1).total_seconds())
    return min(int(said), longest) if said.isdecimal() and len(said) < len(str(longest)) + 1 else 0


def _trouble(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "Nothing came in time."
    if isinstance(error, urllib3.exceptions.SSLError):
        return "The address has no certificate that can be trusted."
    return "The connection broke, or none could be made."
