"""Gives manage.py servers: those of the environment, the running demo's, or its own for the length of the command."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

from tracker.stack import mailbox, processes
from tracker.stack.child import Child
from tracker.stack.home import ROOT, Home
from tracker.stack.postgres import Postgres
from tracker.stack.programs import StackError
from tracker.stack.valkey import Valkey

_PATIENCE = 60
_MAKES_TABLES = {"migrate", "makemigrations", "check"}
_NOWHERE = {"database": "postgres:///nowhere", "broker": "unix:///nowhere?db=0", "mail": "memorymail://", "port": 8000}


@contextlib.contextmanager
def servers(arguments: list[str], home: Home | None = None) -> Iterator[None]:
    """Set the environment for one run of manage.py, and start what is missing for as long as it runs."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    home = home or Home()
    if _only_asks(arguments):
        os.environ.update(home.environment(**_NOWHERE))  # type: ignore[arg-type]
        yield
        return
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with home.held() as ours:
            if ours:
                with _own_servers(home) as fresh:
                    if fresh and arguments[0] not in _MAKES_TABLES:
                        _make_tables()
                    yield
                return
        state = home.wait_for_state(1)
        if state.get("kind") == "demo":
            os.environ.update(state["env"])
            yield
            return
    raise StackError("Another manage.py has held the demo's data for a minute. Wait for it, or set DATABASE_URL.")


def _only_asks(arguments: list[str]) -> bool:
    """Say whether the command only prints about itself, for which no server is needed."""
    return not arguments or arguments[0] == "help" or bool({"--help", "-h", "--version"} & set(arguments))


@contextlib.contextmanager
def _own_servers(home: Home) -> Iterator[bool]:
    """Start servers and say whether the database is new, and so without tables."""
    signal.signal(signal.SIGTERM, _end)
    fresh = not (home.var / "postgres").exists()
    with contextlib.ExitStack() as stack:
        postgres = Postgres(home.var / "postgres", durable=True)
        stack.callback(postgres.stop)
        postgres.start()
        valkey = Valkey(home.var / "valkey")
        stack.callback(valkey.stop)
        valkey.start()
        door = stack.enter_context(mailbox.listening())
        taker = Child("mail", mailbox.arguments(door, home.var / "mail"), logs=home.logs, pass_fds=[door.fileno()])
        stack.callback(processes.stop, taker.start())
        env = home.environment(database=postgres.url, broker=valkey.url, mail=mailbox.address(door), port=8000)
        os.environ.update(env)
        home.announce("command", env)
        yield fresh


def _make_tables() -> None:
    """Run the migrations, so that the first command on a clean clone finds what it works on."""
    manage = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    if subprocess.run(manage, check=False, stdout=sys.stderr).returncode:
        raise StackError("The database could not be prepared. `make demo-reset` begins anew.")


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(143)
