"""A PostgreSQL of our own, on a Unix socket that only we can open."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import psycopg

from tracker.stack import processes
from tracker.stack.programs import StackError, copied_out, open_to_all, postgres_for, unprivileged

DATABASE = "waymark"
_HERE = Path("/proc/self/cwd")
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SECONDS = 30


class Postgres:
    """One server: started by start(), reached at `url`, gone after stop().

    folder: where the data lies; without one it is thrown away at the end. durable: whether it survives a power cut.
    PostgreSQL refuses root, so under root it runs as an account without rights. That account cannot walk to a data
    folder under /root, which is why the server is started in its data folder and told that its data is where it stands.
    """

    def __init__(self, folder: Path | None = None, *, durable: bool = False, settings: Iterable[str] = ()) -> None:
        """Choose the programs and make the private folder of the socket."""
        self.account = unprivileged()
        self.socket = Path(tempfile.mkdtemp(prefix="waymark-pg-", dir="/tmp"))  # noqa: S108 - private; /var paths are too long for a socket
        self.data = folder or self.socket / "data"
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
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
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
        self.process = processes.start(
            [self.programs / "postgres", "-D", self._place(), *arguments], log=self.log, last_word=signal.SIGINT, **self._run()
        )
        self._wait()
        if fresh:
            self._execute(f'CREATE DATABASE "{DATABASE}"')
        return self

    def stop(self) -> None:
        """Disconnect everybody and end, with all data written; a folder of our own goes too."""
        if self.process:
            processes.stop(self.process, by=signal.SIGINT, patience=20)
        self.log.close()
        shutil.rmtree(self.socket, ignore_errors=True)

    def crash(self) -> None:
        """End at once, as in a power cut; start() then recovers."""
        if self.process:
            processes.stop(self.process, by=signal.SIGQUIT)

    def _create(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)
        self._own(self.data)
        command = [self.programs / "initdb", "-D", self._place(), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        child = processes.start(command if self.durable else [*command, "--no-sync"], log=self.log, **self._run())
        if child.wait():
            raise StackError(f"PostgreSQL could not make {self.data}:\n{self._said()}")

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

    def _execute(self, statement: str) -> None:
        with psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _place(self) -> Path:
        return _HERE if _HERE.exists() else self.data

    def _run(self) -> dict[str, object]:
        env = {**os.environ, "LC_ALL": "C.UTF-8" if _HERE.exists() else "C"}
        account = self.account
        return {"env": env, "cwd": self.data, "uid": account and account.pw_uid, "gid": account and account.pw_gid}

    def _own(self, folder: Path) -> None:
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _said(self) -> str:
        return (self.socket / "log").read_text(errors="replace")[-2000:]
