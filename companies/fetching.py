"""Fetches an address that whoever runs the site allowed, and no other: what a feed names cannot reach inside.

How an address is reached, and why a name cannot change its mind meanwhile, stands in `tracker/lib/reaching.py`.
"""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3

from tracker.lib.reaching import Question, ReachError, number_of, open_number, origin_of, reached, read_url, wait_of

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

FetchError = ReachError
"""Nothing was read; its sentence is for whoever keeps the feed."""


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
    with _followed(url, asked, limits, ends) as (answer, _url):
        return _read(answer, limits.most)


def is_there(url: str, *, limits: Limits) -> bool | None:
    """Say whether a page is at an address; None where one cannot know: it is busy, refuses, or leads out of reach.

    An applicant system that sends whoever asks for a posting on to a page above it, the company's board, has it no
    more. Nothing of the page is read.
    """
    try:
        with _followed(url, {}, limits, time.monotonic() + limits.seconds) as (answer, found):
            status = answer.status
    except FetchError:
        return None
    if status in _NOT_THERE:
        return False
    if status != _OK:
        return None
    here, there = urlsplit(url), urlsplit(found)
    asked, above = here.path.rstrip("/"), there.path.rstrip("/")
    return here.hostname != there.hostname or asked == above or not asked.startswith(f"{above}/")


@contextmanager
def _followed(
    url: str, headers: dict[str, str], limits: Limits, ends: float
) -> Iterator[tuple[urllib3.BaseHTTPResponse, str]]:
    """Give the answer of the address that this one leads to, still to be read, and that address."""
    for _ in range(_MOST_REDIRECTS + 1):
        parts = _allowed(url, limits.origins)
        question = Question(parts, _number(parts), {**_HEADERS, **headers})
        with reached(question, seconds=max(1.0, ends - time.monotonic())) as answer:
            if answer.status not in _REDIRECTS:
                yield answer, url
                return
            leads_to = answer.headers.get("Location", "")
        try:
            url = urljoin(url, leads_to)
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
    parts = read_url(url)
    origin = origin_of(parts)
    if origin not in origins:
        raise FetchError(f"{origin} is not among the addresses that may be fetched (FETCH_ALLOWED).")
    return parts


def _number(parts: SplitResult) -> str:
    """Return the number to call: one in the open net, or the very one that was allowed."""
    written = number_of(parts.hostname or "")
    return str(written) if written else open_number(parts)


def _read(answer: urllib3.BaseHTTPResponse, most: int) -> Fetched:
    tag, modified = answer.headers.get("ETag", "")[:200], answer.headers.get("Last-Modified", "")[:100]
    if answer.status == _NOT_MODIFIED:
        return Fetched(None, tag, modified)
    if answer.status != _OK:
        raise FetchError(f"The address answers {answer.status}.", wait=wait_of(answer))
    if answer.headers.get("Content-Length", "0").isdecimal() and int(answer.headers.get("Content-Length", "0")) > most:
        raise FetchError(f"The answer is larger than {most // 2**20:,} MiB.")
    data = bytearray()
    for piece in answer.stream(_CHUNK, decode_content=True):
        data += piece
        if len(data) > most:
            raise FetchError(f"The answer is larger than {most // 2**20:,} MiB.")
    return Fetched(bytes(data), tag, modified)
