"""A web server that answers as a test wants."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.serving import serving


class Site:
    """What the server answers next; it remembers what it was asked."""

    def __init__(self):
        self.asked = []
        self.answers = lambda _path: (200, {}, b"")


@pytest.fixture(scope="module")
def server():
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(dict(self.headers) | {"path": self.path})
            status, headers, body = site.answers(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [body] if isinstance(body, bytes) else body:
                try:
                    self.wfile.write(piece)
                except OSError:
                    return

        def log_message(self, *args):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = http.server_port
    with serving(http) as site.origin:
        yield site


@pytest.fixture
def site(server, settings, tmp_path):
    server.asked, server.answers = [], lambda _path: (200, {}, b"")
    settings.FETCH_ALLOWED = [server.origin]
    settings.MEDIA_ROOT = str(tmp_path)
    return server
