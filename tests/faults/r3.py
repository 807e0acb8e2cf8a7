"""R3: in time. Due mails arrive within a minute; a herd keeps to the rate, and pages stay quick beside it."""

import datetime as dt
import multiprocessing
import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

from tests.faults.ground import Ground, ground
from tests.faults.table import Row
from tests.faults.visitor import Visitor, Web

_P95 = 60.0
_WINDOW = 5.0


def run(*, herd: int, rate: int, steady: int, seconds: int) -> list[Row]:
    """Send a herd at this rate; then let so many fall due one by one over so many seconds."""
    with _at_rate(rate, hurry=False, pages=True) as site:
        return [_herd(site, herd, rate), _steady(site, steady, seconds, lead=60)]


def run_herd(*, herd: int, rate: int) -> Row:
    """Send a herd alone; pages are measured beside it, so nothing else should run."""
    with _at_rate(rate, hurry=True, pages=True) as site:
        return _herd(site, herd, rate)


def run_steady(*, rate: int, steady: int, seconds: int) -> Row:
    """Let so many fall due one by one; a bar of a minute may have other things run beside it."""
    with _at_rate(rate, hurry=True, pages=False) as site:
        _start(site)
        return _steady(site, steady, seconds, lead=20)


@contextmanager
def _at_rate(rate: int, *, hurry: bool, pages: bool) -> Iterator[Ground]:
    """Give a ground whose processes send so many mails a second."""
    os.environ["MAIL_RATE_PER_SECOND"] = str(rate)
    with ground(hurry=hurry, pages=pages) as site:
        yield site
    os.environ.pop("MAIL_RATE_PER_SECOND")


def _start(site: Ground) -> None:
    site.worker()
    site.worker()
    site.beat()


@contextmanager
def _reading(reader: Visitor, *, most: int = 0) -> Iterator[list[float]]:
    """Let somebody read Today page after page while the block runs, or so many; then the list has each one's seconds.

    In a process of its own: this one takes the mails, and would count its own work as waiting.
    """
    context = multiprocessing.get_context("spawn")
    over, mine = context.Event(), context.SimpleQueue()
    child = context.Process(target=_read, args=(reader.web.port, reader.cookies, most, over, mine))
    child.start()
    pages: list[float] = []
    try:
        yield pages
        if not most:
            over.set()
        pages += mine.get()
    finally:
        over.set()
        child.join(timeout=60)


def _read(port: int, cookies: dict[str, str], most: int, over: Event, found: "multiprocessing.SimpleQueue") -> None:
    reader, took = Visitor(Web(port, None), cookies), []
    while not over.is_set() and (not most or len(took) < most):
        answer = reader.ask("/today/")
        took.append(answer.ended - answer.asked)
    found.put(took)


def _herd(site: Ground, herd: int, rate: int) -> Row:
    """All are due at one instant; interviews are not spread, so only the bucket holds them back."""
    from reminders.queries import database_now
    from tests.faults import people

    reader = Visitor.of(people.students(1)[0], Web.start(site))
    with _reading(reader, most=200) as alone:
        pass
    idle = statistics.quantiles(alone, n=20)[-1]
    _start(site)
    people.interviews(people.students(herd), database_now() + dt.timedelta(hours=6))
    site.wait_until(lambda: len(site.sink.mails) > 0, seconds=60)
    with _reading(reader) as pages:
        site.wait_until(lambda: len(site.sink.mails) >= herd, seconds=60 + 3 * herd / rate)
    moments = sorted(site.sink.arrived)
    most = max(_within(moments, start) for start in range(len(moments)))
    busy = statistics.quantiles(pages, n=20)[-1]
    held = {
        "never above the rate": most <= rate * (_WINDOW + 1),  # the bucket holds what one second brings
        "the rate is used": herd / (moments[-1] - moments[0]) >= rate / 2,
        "each once": len(moments) == herd,
        "p95 of Today at most twice the idle one": busy <= 2 * idle,
    }
    tried = f"{herd:,} due at one instant, {rate} a second allowed"
    seen = f"at most {most / _WINDOW:.0f}/s; Today p95 {idle * 1e3:.0f} ms idle, {busy * 1e3:.0f} ms beside it"
    return Row("R3", tried, seen, held)


def _within(moments: list[float], start: int) -> int:
    end = start
    while end < len(moments) and moments[end] - moments[start] <= _WINDOW:
        end += 1
    return end - start


def _steady(site: Ground, count: int, seconds: int, *, lead: int) -> Row:
    """The first falls due after `lead` seconds: a tick before it plans all."""
    from django.db.models import F

    from reminders.models import Delivery, Times
    from reminders.queries import database_now
    from tests.faults import people

    many = people.students(count)
    Times.objects.filter(person__in=many).update(hour_before=True)
    first = database_now() + dt.timedelta(hours=1, seconds=lead)
    for number, one in enumerate(many):
        people.interviews([one], first + dt.timedelta(seconds=number * seconds / count), to_the_second=True)
    rows = Delivery.objects.filter(channel="mail", rule="interview_soon")
    site.wait_until(lambda: rows.exclude(state__in=Delivery.OPEN).count() >= count, seconds=seconds + 240)
    late = [gap.total_seconds() for gap in rows.annotate(gap=F("sent_at") - F("due_at")).values_list("gap", flat=True)]
    p95 = statistics.quantiles(late, n=20)[-1]
    held = {"p95 at most 60 s": p95 <= _P95, "none early": min(late) >= 0, "all sent": len(late) == count}
    return Row("R3", f"{count} due one by one over {seconds} s", f"p95 {p95:.1f} s after it was due", held)
