"""`make demo`: the whole of Waymark on one machine, ended together."""

import contextlib
import datetime as dt
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from tracker.stack import mailbox, processes
from tracker.stack.child import Child, tail
from tracker.stack.home import ROOT, Home
from tracker.stack.postgres import Postgres
from tracker.stack.programs import StackError
from tracker.stack.reloading import Sources
from tracker.stack.valkey import Valkey

ACCOUNTS = """\
Sign in with the password waymark-demo as
  ada@waymark.example      a student in her third year
  mallory@waymark.example  another student
  new@waymark.example      a student without anything yet
  grace@waymark.example    Ada's supervisor, who sees her stages
  sam@waymark.example      a supervisor who sees nothing
  kim@waymark.example      who coordinates a department
  cora@waymark.example     who looks after companies
  admin@waymark.example    staff
Mails: {address}/demo/mail/ - Logs: {logs} - Ctrl-C ends everything."""

_START_SECONDS = 120
_STEP = 5


class Demo:
    """Everything that `make demo` starts, in the order in which it is started."""

    def __init__(self, *, port: int, reload: bool = False, home: Home | None = None) -> None:
        """Choose the port of the site; reload: follow changes of the code."""
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.reload = reload
        self.home = home or Home()
        self.logs = self.home.logs
        self.env: dict[str, str] = {}
        self.servers: list[Postgres | Valkey] = []
        self.children: list[Child] = []

    def run(self) -> None:
        """Start all of it, say that it is ready, and keep it running until a signal ends it."""
        with self.home.held() as ours:
            if not ours:
                raise self.home.must_be_free()
            with contextlib.ExitStack() as stack:
                stack.callback(self._end)
                self._refuse_taken_port()
                self._rotate_logs()
                door = stack.enter_context(mailbox.listening())
                self._start_servers(mailbox.address(door))
                self._prepare()
                self._start_children(door)
                self._wait_until_ready()
                self.home.announce("demo", self.env, self.address)
                say(f"Waymark is ready at {self.address}")
                say(ACCOUNTS.format(address=self.address, logs=self.logs))
                self._watch()

    def _refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                raise StackError(
                    f"Port {self.port} is taken. Choose another: make demo PORT={self.port + 1}"
                ) from error

    def _rotate_logs(self) -> None:
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.old"))

    def _start_servers(self, mail: str) -> None:
        database, broker = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
        if not database:
            say("Starting PostgreSQL")
            postgres = Postgres(self.home.var / "postgres", durable=True)
            self.servers.append(postgres)
            database = postgres.start().url
        if not broker:
            say("Starting Valkey")
            valkey = Valkey(self.home.var / "valkey")
            self.servers.append(valkey)
            broker = valkey.start().url
        ours = self.home.environment(database=database, broker=broker, mail=mail, port=self.port)
        more = {"BIND": f"127.0.0.1:{self.port}", "PYTHONUNBUFFERED": "1", **({"DEBUG": "1"} if self.reload else {})}
        self.env = {**os.environ, **ours, **more}

    def _prepare(self) -> None:
        collecting = None if self.reload else self._manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")
        try:
            self._finish("Preparing the database", self._manage("migrate", "--noinput"))
            self._finish("Loading the demo data", self._manage("demo_data"))
            if collecting:
                self._finish("Collecting static files", collecting)
        finally:
            if collecting:
                processes.stop(collecting.process)

    def _manage(self, *arguments: str) -> "_Step":
        return _Step(arguments, env=self.env, log=self.logs / f"{arguments[0]}.log")

    def _finish(self, title: str, step: "_Step") -> None:
        say(title)
        try:
            for seconds in step.waited():
                say(f"  {title.lower()}: {seconds} s")
        finally:
            processes.stop(step.process)

    def _start_children(self, door: socket.socket) -> None:
        say("Starting web, worker, beat and the mail server")
        commands = {
            "mail": mailbox.arguments(door, Path(self.env["DEMO_MAIL_DIR"])),
            "web": ["gunicorn", "--config", "python:tracker.gunicorn", *(["--reload"] if self.reload else [])],
            "worker": [
                "celery",
                "-A",
                "tracker",
                "worker",
                "--concurrency",
                "2",
                "--without-mingle",
                "--without-gossip",
            ],
            "beat": ["celery", "-A", "tracker", "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", ""],
        }
        for name, arguments in commands.items():
            fds = [door.fileno()] if name == "mail" else []
            child = Child(name, arguments, env=self.env, logs=self.logs, pass_fds=fds)
            self.children.append(child)
            child.start()

    def _wait_until_ready(self) -> None:
        began = time.time()
        told = 0
        while True:
            for child in self.children:
                child.tend(say, starting=True)
            missing = self._missing(since=began)
            if not missing:
                return
            waited = int(time.time() - began)
            if waited > _START_SECONDS:
                raise StackError(f"Still no answer from {missing} after {waited} s; its log is in {self.logs}.")
            if waited >= told + _STEP:
                told = waited
                say(f"  waiting for {missing}: {waited} s")
            time.sleep(0.2)

    def _missing(self, since: float) -> str:
        """Say who does not answer yet; empty when all do: web answers, and worker has done what beat asked."""
        if not _answer(f"{self.address}/healthz/"):
            return "web"
        try:
            health = json.loads(_answer(f"{self.address}/healthz/deep/") or "{}")
        except ValueError:
            return "web"
        ticked = health.get("ticked_at")
        if not ticked or dt.datetime.fromisoformat(ticked).timestamp() < since:
            return "worker and beat"
        return ""

    def _watch(self) -> None:
        sources = Sources(ROOT) if self.reload else None
        while True:
            time.sleep(0.5)
            for child in self.children:
                child.tend(say)
            self._tend_servers()
            if sources and (changed := sources.changed()):
                say(f"{changed} changed; starting worker and beat again")
                for child in self.children:
                    if child.name in {"worker", "beat"} and child.process:
                        processes.stop(child.process)
                        child.start()

    def _tend_servers(self) -> None:
        for server in self.servers:
            if server.process and server.process.poll() is not None:
                say(f"{type(server).__name__} ended; starting it again")
                server.start()

    def _end(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        say("Ending Waymark")
        processes.stop(*(child.process for child in self.children if child.process))
        for server in reversed(self.servers):
            server.stop()


class _Step:
    """One run of manage.py that must come to a good end."""

    def __init__(self, arguments: tuple[str, ...], *, env: dict[str, str], log: Path) -> None:
        self.arguments = arguments
        self.log = log
        with log.open("wb") as output:
            command = [sys.executable, "manage.py", *arguments]
            self.process = processes.start(command, log=output, env=env, cwd=ROOT)

    def waited(self) -> Iterator[int]:
        """Wait for the end; yield the seconds gone by, every few seconds."""
        began = time.monotonic()
        told = 0
        while self.process.poll() is None:
            time.sleep(0.05)
            gone = int(time.monotonic() - began)
            if gone >= told + _STEP:
                told = gone
                yield gone
        if self.process.returncode:
            raise StackError(f"manage.py {' '.join(self.arguments)} did not work:\n{tail(self.log, 30)}")


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def end_on_signals() -> None:
    """Let every signal that asks for an end unwind what was started."""

    def end(sign: int, _frame: FrameType | None) -> None:
        sys.exit(0 if sign in {signal.SIGINT, signal.SIGTERM} else 128 + sign)

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, end)


def _answer(address: str) -> str:
    """Return what a page of ours says, or nothing while it does not answer with 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - our own address
            said: str = page.read().decode()
            return said
    except (urllib.error.URLError, OSError):
        return ""
