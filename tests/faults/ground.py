"""Ground on which the product is made to fail: servers and workers of its own, and ways to end them badly.

For the programs of this folder, which run outside pytest: `python -m tests.faults r1`.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import redis

from tests import smtp
from tests.faults.tables import lay_out
from tests.servers import ENVIRONMENT
from tracker.stack import Postgres, Valkey, processes
from tracker.stack.home import ROOT
from tracker.stack.private import PrivateFolder

_WORKER = ["celery", "-A", "tracker", "worker", "--concurrency", "1", "--without-mingle", "--without-gossip"]
_BEAT = ["celery", "-A", "tracker", "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", ""]


class Ground:
    """Everything that runs, and how often it was ended."""

    def __init__(self, postgres: Postgres, valkey: Valkey, sink: smtp.Sink, folder: Path, settings: str) -> None:
        self.postgres = postgres
        self.valkey = valkey
        self.sink = sink
        self.folder = folder
        self.settings = settings
        self.workers: list[subprocess.Popen[bytes]] = []
        self.others: list[subprocess.Popen[bytes]] = []
        self.started = 0
        # Deaths between the server's answer and our commit: each may lead to one second copy.
        self.ambiguous = 0

    def start(self, name: str, command: list[str], **env: str) -> subprocess.Popen[bytes]:
        """Start a Python module with the product's settings, or those of `hurried`."""
        self.started += 1
        with (self.folder / f"{name}{self.started}.log").open("ab") as log:
            return processes.start(
                [sys.executable, "-m", *command], log=log, env={**os.environ, "LOG_LEVEL": "WARNING", **env}, cwd=ROOT
            )

    def worker(self) -> None:
        """Start a worker with one child process that sends."""
        name = f"worker{self.started}@test"
        self.workers.append(self.start("worker", [*_WORKER, "--hostname", name], DJANGO_SETTINGS_MODULE=self.settings))

    def beat(self) -> None:
        """Start one more beat."""
        self.others.append(self.start("beat", _BEAT, DJANGO_SETTINGS_MODULE=self.settings))

    def said(self) -> str:
        """The end of what each process logged."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"== {log.name}\n{log.read_text(errors='replace')[-2000:]}" for log in logs)

    def wait_until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Wait; while the database is away the answer is no. Show the logs when it takes too long."""
        ends = time.monotonic() + seconds
        while not self._answered(holds):
            if time.monotonic() > ends:
                raise AssertionError(f"Not within {seconds} s.\n{self.said()}")
            time.sleep(0.02)

    @staticmethod
    def _answered(holds: Callable[[], bool]) -> bool:
        from django.db import Error, connection

        try:
            return holds()
        except Error:
            with contextlib.suppress(Error):
                connection.close()
            return False

    def stop(self) -> None:
        """End the processes; the servers end with the block."""
        processes.stop(*self.workers, *self.others)


class Faults:
    """What may happen to the ground, by name; each leaves everything running again, or soon."""

    def __init__(self, ground: Ground, dice: random.Random) -> None:
        self.ground = ground
        self.dice = dice
        self.count: dict[str, int] = {}

    def names(self) -> list[str]:
        """All there are."""
        return [name for name in vars(type(self)) if not name.startswith("_") and name not in {"names", "happen"}]

    def happen(self, name: str) -> None:
        """Let one happen, and count it."""
        self.count[name] = self.count.get(name, 0) + 1
        getattr(self, name)()

    def _victim(self) -> subprocess.Popen[bytes]:
        return self.ground.workers.pop(self.dice.randrange(len(self.ground.workers)))

    def kill_worker(self) -> None:
        """SIGKILL a worker and its child, as a machine does that loses power; start another."""
        victim = self._victim()
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait(timeout=10)
        self.ground.ambiguous += 1
        self.ground.worker()

    def kill_child(self) -> None:
        """SIGKILL the process that sends and not its parent, as the kernel does when memory runs out."""
        worker = self.dice.choice(self.ground.workers)
        found = subprocess.run(["pgrep", "-P", str(worker.pid)], capture_output=True, text=True, check=False)
        for child in found.stdout.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        self.ground.ambiguous += 1

    def ask_worker_to_end(self) -> None:
        """SIGTERM in mid-send; it finishes what it began."""
        victim = self._victim()
        self.ground.worker()
        processes.stop(victim, patience=40)

    def empty_redis(self) -> None:
        """FLUSHALL."""
        with (
            contextlib.suppress(redis.ConnectionError),
            redis.Redis(unix_socket_path=str(self.ground.valkey.socket)) as r,
        ):
            r.flushall()

    def kill_redis(self) -> None:
        """End Redis at once; it comes back."""
        self.ground.valkey.crash()
        self.ground.valkey.start()

    def redis_away(self) -> None:
        """Leave everybody without Redis for a while."""
        self.ground.valkey.crash()
        time.sleep(3)
        self.ground.valkey.start()

    def cut_redis_clients(self) -> None:
        """CLIENT KILL, twenty times."""
        with (
            contextlib.suppress(redis.ConnectionError),
            redis.Redis(unix_socket_path=str(self.ground.valkey.socket)) as r,
        ):
            for _ in range(20):
                r.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")

    def crash_postgres(self) -> None:
        """Stop PostgreSQL as a power cut does; it recovers."""
        self.ground.ambiguous += len(self.ground.workers)
        self.ground.postgres.crash()
        self.ground.postgres.start()

    def cut_postgres_clients(self) -> None:
        """Terminate every backend but our own."""
        self.ground.ambiguous += len(self.ground.workers)
        own = {"host": str(self.ground.postgres.socket), "user": "postgres", "dbname": "postgres"}
        with psycopg.connect(**own, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    def kill_beat(self) -> None:
        """SIGKILL a beat; start another."""
        victim = self.ground.others.pop(0)
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait(timeout=10)
        self.ground.beat()

    def mail_server_closes(self) -> None:
        """Answer 421 to everything for a second."""
        self.ground.sink.closing = True
        time.sleep(1)
        self.ground.sink.closing = False

    def mail_server_drops(self) -> None:
        """Take one mail and cut the connection instead of saying so."""
        self.ground.ambiguous += 1
        self.ground.sink.drops += 1

    def tarpit(self) -> None:
        """Take a second and a half for each mail, for a while."""
        usual, self.ground.sink.delay = self.ground.sink.delay, 1.5
        time.sleep(3)
        self.ground.sink.delay = usual


@contextlib.contextmanager
def ground(*, delay: float = 0, hurry: bool = True, pages: bool = False, durable: bool = True) -> Iterator[Ground]:
    """Start servers with an empty, migrated database.

    delay: seconds that the mail server takes for each mail; hurry: short leases and waits, a tick each second;
    pages: with what the pages load, for programs that serve them; durable: the database outlives a power cut.
    """
    with contextlib.ExitStack() as stack:
        # one that nobody sweeps away: other stacks do so with what no process holds
        private = PrivateFolder("faults")
        stack.callback(private.remove)
        folder = private.path
        postgres = Postgres(durable=durable)
        stack.callback(postgres.stop)
        lay_out(postgres)
        postgres.start()
        valkey = Valkey()
        stack.callback(valkey.stop)
        valkey.start()
        sink = stack.enter_context(smtp.running(delay=delay))
        os.environ.update(
            ENVIRONMENT,
            DATABASE_URL=postgres.url,
            REDIS_URL=valkey.url,
            EMAIL_URL=sink.url,
            MEDIA_ROOT=str(folder / "media"),
            JOURNAL_ROOT=str(folder / "journal"),
            DJANGO_SETTINGS_MODULE="tracker.settings",
            LOG_LEVEL="CRITICAL",  # of the program itself; its processes say more
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        if pages:
            call_command("collectstatic", interactive=False, verbosity=0)
        settings = "tests.faults.hurried" if hurry else "tracker.settings"
        made = Ground(postgres, valkey, sink, folder, settings)
        stack.callback(made.stop)
        yield made
