"""One long-running process of the demo: its command, its log, and its second chances."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tracker.stack import processes
from tracker.stack.home import ROOT
from tracker.stack.programs import StackError

_STEADY = 60
"""Seconds after which a process counts as well again."""
_LONGEST_PAUSE = 30
_PATIENCE_AT_START = 5
"""How often a process may end before everything was ready."""


class Child:
    """Started by start(); tend() starts it again when it has ended, after a pause that doubles each time."""

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        logs: Path,
        env: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> None:
        """Describe `python -m ARGUMENTS`, logging to NAME.log in a folder."""
        self.name = name
        self.command = [sys.executable, "-m", *arguments]
        self.env = env
        self.log = logs / f"{name}.log"
        self.pass_fds = pass_fds
        self.process: subprocess.Popen[bytes] | None = None
        self.ends = 0
        self._started = 0.0
        self._again_at = 0.0

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process now and return it."""
        with self.log.open("ab") as log:
            self.process = processes.start(self.command, log=log, env=self.env, cwd=ROOT, pass_fds=self.pass_fds)
        self._started = time.monotonic()
        self._again_at = 0
        return self.process

    def tend(self, say: Callable[[str], None], *, starting: bool = False) -> None:
        """Notice the end of the process, and start it again when its pause is over."""
        if self.process is None or self.process.poll() is None:
            return
        clock = time.monotonic()
        if not self._again_at:
            processes.stop(self.process, patience=0)
            self.ends = 1 if clock - self._started > _STEADY else self.ends + 1
            pause = min(2 ** (self.ends - 1), _LONGEST_PAUSE)
            if starting and self.ends >= _PATIENCE_AT_START:
                raise StackError(f"{self.name} does not start. {self.log} ends with:\n{tail(self.log)}")
            say(f"{self.name} ended with {self.process.returncode}; starting it again in {pause} s ({self.log})")
            self._again_at = clock + pause
        elif clock >= self._again_at:
            self.start()


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
