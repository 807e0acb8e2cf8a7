"""A PostgreSQL of our own, on a Unix socket that only we can open."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, LiteralString

import psycopg

from tracker.stack import processes
from tracker.stack.private import PrivateFolder
from tracker.stack.programs import StackError, account_for, copied_out, open_to_all, postgres_for

DATABASE: Final = "waymark"
_OPEN_FILES = Path("/proc/self/fd")
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SECONDS = 30


class Postgres:
    """One server: started by start(), reached at `url`, gone after stop().

    folder: where the data lies; without one it is thrown away at the end. durable: whether it survives a power cut.
    PostgreSQL refuses root, so under root it runs as an account without rights. That account cannot walk to a data
    folder under /root, which is why the server gets its data folder as an open file.
    """

    def __init__(self, folder: Path | None = None, *, durable: bool = False, settings: Iterable[str] = ()) -> None:
        """Choose the programs and make the private folder of the socket."""
        self._private = PrivateFolder("postgres")
        self.socket = self._private.path
        self.data = folder or self.socket / "data"
        self.account = account_for(self.data)
        self.durable = durable
        self.settings = [*settings, *(() if durable else _FAST)]
        self.process: subprocess.Popen[bytes] | None = None
        self.log: IO[bytes] = (self.socket / "log").open("wb")
        self.url = f"postgres://postgres@/{self.socket}/{DATABASE}"
        self.programs = postgres_for(self.data)
        if self.account and not open_to_all(self.programs):
            self.programs = copied_out(self.programs, self.socket / "programs")
        self._own(self.socket)

    def start(self) -> "Postgres":
        """Start the server, with a fresh database the first time, and wait until it answers."""
        if not self.data.exists():
            self._create()
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.socket}",
            "timezone=UTC",
            "max_connections=100",
            "shared_buffers=128MB",
            *self.settings,
        ]
        arguments = [argument for option in options for argument in ("-c", option)]
        self.process = self._run("postgres", self.data, *arguments)
        self._wait()
        if not self._execute(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):  # noqa: S608 - a constant
            self._execute(f'CREATE DATABASE "{DATABASE}"')
        return self

    def stop(self) -> None:
        """Disconnect everybody and end, with all data written; a folder of our own goes too."""
        if self.process:
            processes.stop(self.process, by=signal.SIGINT, patience=20)
        self.log.close()
        self._private.remove()

    def crash(self) -> None:
        """End at once, as in a power cut; start() then recovers."""
        if self.process:
            processes.stop(self.process, by=signal.SIGQUIT)

    def _create(self) -> None:
        """Make the data elsewhere and move it here when it is whole: an interruption leaves nothing half-made."""
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        self._own(draft)
        syncing = [] if self.durable else ["--no-sync"]
        child = self._run("initdb", draft, "-U", "postgres", "-A", "trust", "-E", "UTF8", *syncing)
        try:
            if child.wait():
                raise StackError(f"PostgreSQL could not make {self.data}:\n{self._said()}")
        finally:
            processes.stop(child)
        draft.rename(self.data)

    def _run(self, program: str, data: Path, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program of PostgreSQL with the data folder as an open file, where the system has such paths."""
        linux = _OPEN_FILES.exists()
        folder = os.open(data, os.O_RDONLY)
        try:
            return processes.start(
                [self.programs / program, "-D", _OPEN_FILES / str(folder) if linux else data, *arguments],
                log=self.log,
                env={**os.environ, "LC_ALL": "C.UTF-8" if linux else "C"},
                cwd=Path("/"),
                account=self.account,
                pass_fds=[folder],
                last_word=signal.SIGINT,
            )
        finally:
            os.close(folder)

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                self._execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise StackError(f"PostgreSQL did not start:\n{self._said()}")

    def _execute(self, statement: LiteralString) -> bool:
        """Run one statement; say whether it gave a row."""
        with psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.description is not None and cursor.fetchone() is not None

    def _own(self, folder: Path) -> None:
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)

    def _said(self) -> str:
        return (self.socket / "log").read_text(errors="replace")[-2000:]
