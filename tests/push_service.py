"""A push service for tests: takes what is sent to its devices, answers as it is told, and reads as a browser would."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reminders.push_keys import text
from tests.serving import serving


@dataclass
class Browser:
    """One device: its secret keys, and what the form of the page sends for it."""

    endpoint: str
    private_key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = bytes(range(16))

    @property
    def said(self) -> dict[str, str]:
        """What a browser says of its subscription."""
        point = self.private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": text(point), "auth": text(self.secret)}

    def read(self, content: bytes) -> dict[str, str]:
        """Return the message that only this device can open."""
        return json.loads(http_ece.decrypt(content, private_key=self.private_key, auth_secret=self.secret))


@dataclass
class Service:
    """What arrived at which path, with its headers; `answers` maps a path to the status of the next answers."""

    origin: str = ""
    arrived: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)

    def browser(self, name: str) -> Browser:
        """Return a device of this service."""
        return Browser(f"{self.origin}/{name}")

    def messages(self, browser: Browser) -> list[dict[str, str]]:
        """Return what a device can read of what was taken for it."""
        return [browser.read(body) for path, _, body in self.arrived if self.origin + path == browser.endpoint]


@contextmanager
def running() -> Iterator[Service]:
    """Serve on a free port of this machine."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = service.answers.get(self.path, 201)
            if status == 201:
                service.arrived.append((self.path, dict(self.headers), body))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with serving(server) as service.origin:
        yield service
