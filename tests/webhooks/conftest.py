"""A receiver that answers as a test wants, at an address of this machine that whoever runs the site named."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.serving import serving
from tracker.lib import clock
from webhooks.actions.delivering import run_due
from webhooks.actions.keeping import make_webhook
from webhooks.models import PING, EventType, WebhookDelivery


class Receiver:
    """What arrived: path, headers and body of each request; `answers` says status, headers and pieces of the next."""

    def __init__(self):
        self.arrived, self.answers = [], lambda _path: (204, {}, [])

    @property
    def told(self):
        """The payloads that arrived, without tests."""
        payloads = [json.loads(body) for _, _, body in self.arrived]
        return [one for one in payloads if one["type"] != PING]


@pytest.fixture(scope="module")
def server():
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.arrived.append((self.path, dict(self.headers), body))
            status, headers, pieces = receiver.answers(self.path)
            try:
                if callable(status):
                    return status(self)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in pieces:
                    self.wfile.write(piece)
            except OSError:
                return None

        def log_message(self, *args):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads, http.block_on_close = True, False
    with serving(http) as receiver.origin:
        yield receiver


@pytest.fixture
def receiver(server, settings):
    server.arrived, server.answers = [], lambda _path: (204, {}, [])
    settings.WEBHOOKS_INSIDE = [server.origin]
    return server


@pytest.fixture
def hook(ada, receiver):
    """Ada's webhook for all there is, whose test is not in the way."""
    made, secret = make_webhook(
        person=ada, name="Chat", url=f"{receiver.origin}/ada", events=EventType.values, at=clock.now()
    )
    WebhookDelivery.objects.all().delete()
    made.secret = secret
    return made


@pytest.fixture
def send():
    """Return a function that does what a worker does at an instant, by default now; it counts the tries."""

    def run(at=None):
        return run_due(clock=(lambda: at) if at else clock.now)

    return run
