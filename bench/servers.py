"""The servers of a benchmark: PostgreSQL, Valkey, and a gunicorn with one worker each for the product and the floor."""

import contextlib
import os
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Target, children
from tracker.stack import Postgres, StackError, Valkey, processes

ROOT = Path(__file__).resolve().parents[1]
_SECONDS = 30


@contextlib.contextmanager
def data_servers() -> Iterator[Postgres]:
    """Start PostgreSQL and Valkey with nothing in them, and put their addresses into the environment."""
    with contextlib.ExitStack() as stack:
        postgres = Postgres(durable=True)
        stack.callback(postgres.stop)
        postgres.start()
        valkey = Valkey()
        stack.callback(valkey.stop)
        valkey.start()
        os.environ.update(
            DATABASE_URL=postgres.url,
            REDIS_URL=valkey.url,
            SECRET_KEY="bench-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",  # noqa: S106 - opens nothing
            ALLOWED_HOSTS="127.0.0.1,localhost,testserver",
            SITE_URL="http://127.0.0.1:8000",
            EMAIL_URL="memorymail://",
            LOG_LEVEL="WARNING",
            DEBUG="0",
            DEMO="0",
            DJANGO_SETTINGS_MODULE="tracker.settings",
        )
        yield postgres


@contextlib.contextmanager
def web(postgres: Postgres, settings: str) -> Iterator[Target]:
    """Serve with one worker of four threads, as in production; settings: the module with the site's addresses."""
    port = _free_port()
    env = {**os.environ, "BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1", "DJANGO_SETTINGS_MODULE": settings}
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "gunicorn", "--config", "python:tracker.gunicorn", "--max-requests", "0"]
        process = processes.start(command, log=log, env=env, cwd=ROOT)
        try:
            if not _answers(port):
                log.seek(0)
                raise StackError(f"gunicorn did not start:\n{log.read().decode(errors='replace')[-3000:]}")
            first = postgres.process.pid if postgres.process else 0
            yield Target(port=port, web=children(process.pid)[0], postgres=first)
        finally:
            processes.stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=5).close()
            return True
        time.sleep(0.1)
    return False
