"""Real worker and beat processes on the test database, and ways to end them badly."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tracker.stack import Valkey, processes
from tracker.stack.home import ROOT

_WORKER = ["celery", "-A", "tracker", "worker", "--concurrency", "1", "--without-mingle", "--without-gossip"]
_BEAT = ["celery", "-A", "tracker", "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", ""]


class Crew:
    """Starts processes that plan and send for the test's own database, over a broker of their own."""

    def __init__(self, mail_url: str, logs: Path, valkey: Valkey) -> None:
        self.logs = logs
        self.valkey = valkey
        self.workers: list[subprocess.Popen[bytes]] = []
        self.others: list[subprocess.Popen[bytes]] = []
        self.kills = 0
        self.env = {
            **os.environ,
            "DATABASE_URL": f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}",
            "REDIS_URL": valkey.url,
            "EMAIL_URL": mail_url,
            "DJANGO_SETTINGS_MODULE": "tests.faults.hurried",
            "LOG_LEVEL": "WARNING",
        }

    def _start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.logs / f"{name}.log").open("ab") as log:
            return processes.start([sys.executable, "-m", *command], log=log, env=self.env, cwd=ROOT)

    def worker(self, *more: str) -> None:
        """Start a worker with one child process that sends."""
        name = f"worker{len(self.workers) + self.kills}"
        self.workers.append(self._start(name, [*_WORKER, "--hostname", f"{name}@test", *more]))

    def beat(self) -> None:
        """Start one more beat."""
        self.others.append(self._start(f"beat{len(self.others)}", _BEAT))

    def kill_a_worker(self, dice: random.Random) -> None:
        """End a worker and its child at once, as a machine does that loses power, and start another."""
        victim = self.workers.pop(dice.randrange(len(self.workers)))
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait(timeout=10)
        self.kills += 1
        self.worker()

    def stop(self) -> None:
        processes.stop(*self.workers, *self.others)

    def said(self) -> str:
        """Everything that the processes logged."""
        return "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.logs.glob("*.log")))

    def wait_until(self, holds: Callable[[], bool], seconds: float = 120) -> None:
        """Wait, and show the logs when it takes too long."""
        ends = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < ends, f"Not within {seconds} s.\n{self.said()}"
            time.sleep(0.01)


@contextmanager
def crew(mail_url: str, logs: Path) -> Iterator[Crew]:
    """Provide a crew, and end all of it."""
    valkey = Valkey().start()
    made = Crew(mail_url, logs, valkey)
    try:
        yield made
    finally:
        made.stop()
        valkey.stop()
