"""Saved pages of postings, served at an address of their own, as another site would be."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.serving import serving

FOLDER = Path(__file__).parents[1] / "fixtures" / "pages"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def saved_pages() -> Iterator[str]:
    """Serve them until the block ends."""
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=FOLDER))) as origin:
        yield origin
