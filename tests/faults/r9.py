"""R9: PostgreSQL is restarted under load: 503 only while it is down and shortly after, nothing half-written."""

import datetime as dt
import http.client
import threading
import time
from collections import Counter

from tests.faults.ground import Ground, ground
from tests.faults.table import Row
from tests.faults.visitor import Visitor, Web

GRACE = 5.0
"""Seconds after the server is back in which an answer may still be 503."""
_STARTING = 5.0
"""Seconds after which a worker that starts has asked for what it needs."""
_PAGES = ("/today/", "/applications/board/", "/applications/", "/window/")


def run(*, restarts: int, visitors: int = 6) -> Row:
    """Stop PostgreSQL so many times at once, as a power cut does, under so many people."""
    with ground(pages=True) as site:
        from tests.faults import people

        web = Web.start(site)
        readers = [Visitor.of(one, web) for one in people.students(visitors)]
        site.worker()
        site.beat()
        over = threading.Event()
        taken: list[str] = []
        threads = [threading.Thread(target=_use, args=(one, f"v{n}", over, taken)) for n, one in enumerate(readers)]
        for thread in threads:
            thread.start()
        down = [_restart(site) for _ in range(restarts)]
        time.sleep(GRACE + 3)
        over.set()
        for thread in threads:
            thread.join(timeout=60)
        sent = _worker_sends(site)
        return _judged(readers, down, taken, restarts=restarts, sent=sent)


def _use(visitor: Visitor, name: str, over: threading.Event, taken: list[str]) -> None:
    number = 0
    while not over.is_set():
        number += 1
        role = f"{name} role {number}"
        if visitor.add(role):
            taken.append(role)
        visitor.ask(_PAGES[number % len(_PAGES)])


def _restart(site: Ground) -> tuple[float, float]:
    """Return from when until when the server was away."""
    time.sleep(GRACE + 1)
    began = time.monotonic()
    site.postgres.crash()
    if is_first := len(site.workers) == 1:
        site.worker()  # one that starts meanwhile
    time.sleep(_STARTING if is_first else 1)
    site.postgres.start()
    return began, time.monotonic()


def _worker_sends(site: Ground) -> bool:
    """Say whether the workers, which nobody restarted, are there and send."""
    from django.db import connection

    from reminders.queries import database_now
    from tests.faults import people

    connection.close()
    before = len(site.sink.mails)
    people.interviews(people.students(1), database_now() + dt.timedelta(hours=6))
    site.wait_until(lambda: len(site.sink.mails) > before, seconds=60)
    return all(worker.poll() is None for worker in site.workers)


def _judged(
    visitors: list[Visitor], down: list[tuple[float, float]], taken: list[str], *, restarts: int, sent: bool
) -> Row:
    from applications.models import Application

    answers = [answer for visitor in visitors for answer in visitor.answers]
    statuses = Counter(answer.status for answer in answers)
    away = [one for one in answers if any(one.ended >= began and one.asked <= ended + GRACE for began, ended in down)]
    near = {id(one) for one in away}
    strange = [one.status for one in answers if one.status not in {200, 302, 503}]
    late = [one for one in answers if one.status == http.client.SERVICE_UNAVAILABLE and id(one) not in near]
    kept = Counter(Application.objects.values_list("role", flat=True))
    halves = Application.objects.filter(role__contains=" role ", events__isnull=True).count()
    held = {
        f"no answer but 200, 302, 503 (strange: {strange[:5]})": not strange,
        "503 only while it is down or just back": not late,
        "what was taken is there once": all(kept[role] == 1 for role in taken),
        "nothing is there twice": max(kept.values(), default=0) <= 1,
        "nothing is half-written": halves == 0,
        "it was in use, and felt": len(taken) > restarts and bool(statuses[503]),
        "the workers go on by themselves": sent,
    }
    seen = ", ".join(f"{count:,} x {status}" for status, count in sorted(statuses.items()))
    return Row(
        "R9", f"PostgreSQL stopped {restarts} times, {len(visitors)} people", f"{seen}; {len(taken)} added", held
    )
