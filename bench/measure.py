"""Asks a server for a page many times and says what that cost; processor time is the kernel's own count (Linux)."""

import contextlib
import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ALONE = 60
"""Requests, one after the other, by one client."""
TOGETHER = 160
"""Requests in all, by eight clients at once."""
CLIENTS = 8
_SECOND = 1_000.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page cost in one run; times in milliseconds."""

    web: float
    database: float
    p50_alone: float
    p95_alone: float
    p50_together: float
    p95_together: float
    per_second: float
    errors: int

    @property
    def cpu(self) -> float:
        """Processor time of one request, web and database."""
        return self.web + self.database


@dataclass(frozen=True, slots=True)
class Target:
    """One server: where it listens, its web process and PostgreSQL's first process."""

    port: int
    web: int
    postgres: int


class Visitor:
    """One client with a kept connection and a session."""

    def __init__(self, port: int, cookie: str) -> None:
        """Open nothing yet; the first request does."""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Cookie": cookie, "Host": f"127.0.0.1:{port}"}
        self.errors = 0
        self.bytes = 0

    def get(self, path: str) -> float:
        """Ask once and return the milliseconds until the last byte."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        self.bytes = len(answer.read())
        self.errors += answer.status != http.client.OK
        return (time.perf_counter() - began) * _SECOND


def cost_of(target: Target, path: str, cookie: str) -> Cost:
    """Visit a page alone and in company, and divide what it took by the number of visits."""
    web, database = _cpu(target.web), _database(target.postgres)
    alone, errors = _visits(target, path, cookie, ALONE)
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        results = list(pool.map(lambda _: _visits(target, path, cookie, TOGETHER // CLIENTS), range(CLIENTS)))
    seconds = time.perf_counter() - began
    together = [moment for moments, _ in results for moment in moments]
    errors += sum(wrong for _, wrong in results)
    number = ALONE + len(together)
    database = _database(target.postgres) - database
    return Cost(
        web=(_cpu(target.web) - web) * _SECOND / number,
        database=database * _SECOND / number,
        p50_alone=statistics.median(alone),
        p95_alone=_p95(alone),
        p50_together=statistics.median(together),
        p95_together=_p95(together),
        per_second=len(together) / seconds,
        errors=errors,
    )


def warm(target: Target, path: str, cookie: str) -> int:
    """Let every thread of the server open its connection and load its templates; return the bytes of the page."""
    cost_of(target, path, cookie)
    visitor = Visitor(target.port, cookie)
    visitor.get(path)
    return visitor.bytes


def peak_memory(pid: int) -> float:
    """Return the most memory a process has held, in MB."""
    return _status(pid, "VmHWM")


class PeakOf:
    """Counts by how much this process grew at most while a block ran, in MB, looking every 20 ms."""

    def __enter__(self) -> Self:
        """Begin to look."""
        self.before = self.most = _status(os.getpid(), "VmRSS")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look a last time, for a busy machine may not have let the other thread, and stop."""
        self._over.set()
        self._thread.join()
        self.most = max(self.most, _status(os.getpid(), "VmRSS"))

    @property
    def growth(self) -> float:
        """MB on top of what it had before."""
        return self.most - self.before

    def _look(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, _status(os.getpid(), "VmRSS"))


def timed[T](work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that some work took, and what it returned."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def children(pid: int) -> list[int]:
    """Return the processes that this one has started and that still run."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _visits(target: Target, path: str, cookie: str, number: int) -> tuple[list[float], int]:
    visitor = Visitor(target.port, cookie)
    moments = [visitor.get(path) for _ in range(number)]
    visitor.connection.close()
    return moments, visitor.errors


def _cpu(pid: int) -> float:
    """Seconds of processor time of a process with all its threads: clock_getcpuclockid(3) for any process."""
    return time.clock_gettime(~pid << 3 | 2)


def _database(postgres: int) -> float:
    """Seconds of processor time of all backends, those that have ended since included."""
    stat = Path(f"/proc/{postgres}/stat").read_text().rpartition(")")[2].split()
    spent = (int(stat[13]) + int(stat[14])) / os.sysconf("SC_CLK_TCK")
    for pid in children(postgres):
        with contextlib.suppress(OSError):
            spent += _cpu(pid)
    return spent


def _p95(moments: list[float]) -> float:
    return statistics.quantiles(moments, n=20)[-1]


def _status(pid: int, name: str) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
