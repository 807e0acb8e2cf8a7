"""Asks a site over HTTP: certificates checked, no redirect followed, nothing repeated that might be done twice."""

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import click
from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.filepost import encode_multipart_formdata

from client.place import Place
from client.trouble import Refused, Unreachable

_TRIES, _PAUSE = 4, 0.5
_WAITS, _LONGEST_WAIT = 3, 120
_AWAY = {502, 503, 504}
_TOO_LARGE, _TOO_MANY, _REDIRECTS, _REFUSALS = 413, 429, 300, 400
_PIECE = 1 << 16
_WHY: dict[type[HTTPError], str] = {
    NameResolutionError: "There is no host of this name, or no network.",
    NewConnectionError: "Nothing answers there.",
    ConnectTimeoutError: "Nothing answers there.",
    ReadTimeoutError: "It did not answer in time.",
    SSLError: "Its certificate cannot be trusted.",
}
_NOT_SENT = (NewConnectionError, ConnectTimeoutError, SSLError)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. With a key, or as a GET, it can be repeated."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None

    @property
    def is_safe(self) -> bool:
        """Whether sending it twice does it once."""
        return self.method == "GET" or "Idempotency-Key" in (self.headers or {})


class Site:
    """One site, asked with one token."""

    def __init__(self, place: Place, *, seconds: float = 60, is_patient: bool = True) -> None:
        """Ask this site; who is not patient tries once and waits for nothing, as completion must."""
        self.url, self._patient = place.url, is_patient
        self._pool = PoolManager(timeout=Timeout(connect=min(10, seconds), read=seconds), cert_reqs="CERT_REQUIRED")
        self._headers = {"Authorization": f"Bearer {place.token}", "User-Agent": "waymark-client"}

    def get(self, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        """Read something; what is None is not asked for."""
        asked = urlencode({name: value for name, value in query.items() if value not in {None, ""}})
        return self.send(Asked("GET", f"{path}?{asked}" if asked else path))

    def post(self, path: str, body: object = None, *, key: str = "") -> Any:  # noqa: ANN401
        """Do something; with a key it is done once, however often it is sent."""
        return self.send(_with_json("POST", path, body, {"Idempotency-Key": key} if key else {}))

    def patch(self, path: str, body: object) -> Any:  # noqa: ANN401
        """Change something."""
        return self.send(_with_json("PATCH", path, body, {}))

    def upload(self, path: str, name: str, content: bytes, *, key: str = "") -> Any:  # noqa: ANN401
        """Send a file."""
        body, kind = encode_multipart_formdata({"file": (name, content)})
        headers = {"Content-Type": kind, **({"Idempotency-Key": key} if key else {})}
        return self.send(Asked("POST", path, body, headers))

    def pages(self, path: str, **query: object) -> Iterator[dict[str, Any]]:
        """Read a list, part by part."""
        after: object = None
        while True:
            part = self.get(path, after=after, **query)
            yield part
            after = part["next"]
            if after is None:
                return

    def send(self, asked: Asked) -> Any:  # noqa: ANN401
        """Return the JSON of an answer; Refused or Unreachable for any other."""
        answer = self._answer(asked)
        try:
            return json.loads(answer.data)
        except ValueError:
            raise self._stranger(answer.status) from None

    def download(self, path: str) -> Iterator[tuple[bytes, int]]:
        """Yield a file in pieces, each with the size of the whole, 0 while that is not known."""
        answer = self._answer(Asked("GET", path), preload_content=False)
        size = answer.headers.get("Content-Length", "")
        try:
            for piece in answer.stream(_PIECE):
                yield piece, int(size) if size.isdecimal() else 0
        except HTTPError as error:
            raise self._unreachable(error, Asked("GET", path)) from None
        finally:
            answer.release_conn()

    def _answer(self, asked: Asked, **options: object) -> BaseHTTPResponse:
        cuts = waits = 0
        while True:
            try:
                answer = self._request(asked, options)
            except HTTPError as error:
                cuts += 1
                if cuts >= (_TRIES if asked.is_safe and self._patient else 1):
                    raise self._unreachable(error, asked) from None
                time.sleep(cuts * _PAUSE)
                continue
            if answer.status == _TOO_MANY and waits < _WAITS and self._patient:
                waits += 1
                _rest(answer)
                continue
            self._judge(answer)
            return answer

    def _request(self, asked: Asked, options: Mapping[str, Any]) -> BaseHTTPResponse:
        return self._pool.request(
            asked.method,
            f"{self.url}/api/v1{asked.path}",
            body=asked.body,
            headers={**self._headers, **(asked.headers or {})},
            redirect=False,
            retries=False,
            **options,
        )

    def _judge(self, answer: BaseHTTPResponse) -> None:
        """Raise for every answer but one that tells of success."""
        if _REDIRECTS <= answer.status < _REFUSALS:
            to = answer.headers.get("Location", "another address")
            raise Unreachable(f"{self.url} leads to {to}. Your token was not sent there: sign in at the right address.")
        if answer.status < _REFUSALS:
            return
        refusal = _refusal(answer)
        if refusal is None:
            raise self._stranger(answer.status)
        raise refusal

    def _unreachable(self, error: HTTPError, asked: Asked) -> Unreachable:
        why = next((words for kind, words in _WHY.items() if isinstance(error, kind)), "The connection was cut.")
        lines = [f"{self.url} cannot be reached. {why}"]
        if asked.method != "GET" and not isinstance(error, _NOT_SENT):
            lines.append("It is not known whether this was done: look before you repeat it.")
        return Unreachable(*lines)

    def _stranger(self, status: int) -> Unreachable:
        if status in _AWAY:
            return Unreachable(f"{self.url} is away ({status}). Try again later.")
        return Unreachable(f"{self.url} does not answer as Waymark does ({status}).")


def new_key() -> str:
    """Return a key for one deed."""
    return uuid.uuid4().hex


def _with_json(method: str, path: str, body: object, headers: Mapping[str, str]) -> Asked:
    if body is None:
        return Asked(method, path, None, headers)
    return Asked(method, path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})


def _rest(answer: BaseHTTPResponse) -> None:
    """Wait as long as the site says."""
    asked = answer.headers.get("Retry-After", "")
    seconds = min(int(asked), _LONGEST_WAIT) if asked.isdecimal() else 1
    click.echo(f"Too many requests: waiting {seconds} s.", err=True)
    time.sleep(seconds)


def _refusal(answer: BaseHTTPResponse) -> Refused | None:
    """Return what the site says, if it is Waymark that says it."""
    try:
        told = json.loads(answer.data)
        errors = {str(one["field"]): str(one["detail"]) for one in told.get("errors") or []}
        return Refused(answer.status, str(told["detail"]), errors)
    except (ValueError, KeyError, TypeError, AttributeError):
        too_large = answer.status == _TOO_LARGE
        return Refused(answer.status, "This is larger than the site takes.") if too_large else None
