"""A Valkey (or Redis) of our own, on a Unix socket that only we can open."""

import subprocess
import time
from pathlib import Path

import redis

from tracker.stack import processes
from tracker.stack.private import PrivateFolder
from tracker.stack.programs import StackError, valkey_program

_SECONDS = 20


class Valkey:
    """One server: started by start(), reached at `url`, gone after stop().

    folder: where the data lies; without one nothing is kept.
    """

    def __init__(self, folder: Path | None = None, *, databases: int = 16) -> None:
        """Choose the program and make the private folder of the socket."""
        self.program = valkey_program()
        self._private = PrivateFolder("valkey")
        self.folder = self._private.path
        self.socket = self.folder / "socket"
        self.data = folder
        self.databases = databases
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self.socket}?db=0"

    def start(self) -> "Valkey":
        """Start the server and wait until it answers."""
        if self.data:
            self.data.mkdir(parents=True, exist_ok=True)
        kept = "yes" if self.data else "no"
        options = {
            "port": "0",
            "unixsocket": self.socket,
            "dir": self.data or self.folder,
            "databases": str(self.databases),
            "save": "",
            "appendonly": kept,
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        arguments = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
        with (self.folder / "log").open("ab") as log:
            self.process = processes.start([self.program, *arguments], log=log)
        self._wait()
        return self

    def stop(self) -> None:
        """End, with everything written that is kept."""
        if self.process:
            processes.stop(self.process)
        self._private.remove()

    def crash(self) -> None:
        """End at once; start() comes back at the same address."""
        if self.process:
            processes.stop(self.process, patience=0)

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                with redis.Redis(unix_socket_path=str(self.socket)) as client:
                    client.ping()
            except (redis.ConnectionError, FileNotFoundError):
                time.sleep(0.02)
            else:
                return
        raise StackError(f"Valkey did not start:\n{(self.folder / 'log').read_text(errors='replace')[-2000:]}")
