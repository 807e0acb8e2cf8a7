"""Runs a server of the standard library beside a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer

_LOOKS_EVERY = 0.02
"""Seconds until it notices that it shall end; half of one, as is usual, is longer than most tests."""


@contextmanager
def serving(server: HTTPServer) -> Iterator[str]:
    """Answer in a thread of its own until the block ends; give the origin."""
    thread = threading.Thread(target=server.serve_forever, args=(_LOOKS_EVERY,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
