"""Ending a share against a supervisor who reads at the same moment: what is read after the end is nothing."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from reminders import actions as reminding
from reminders.models import Delivery
from supervision import actions
from supervision.models import Look, Request
from tests.factories import NOW, TODAY, ApplicationFactory, SupervisionFactory

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
SIZES = [100, pytest.param(1_000, marks=pytest.mark.gate)]


@pytest.fixture
def pair(transactional_db, ada, grace, season):
    """Ada, who shares stages with Grace, and one application."""
    return ApplicationFactory(student=ada)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def pages(student, application):
    return {
        "student": f"/supervision/{student.public_id}/",
        "application": f"/supervision/{student.public_id}/applications/{application.public_id}/",
    }


def head_start(race):
    """Return the seconds that one side of a race waits: up to 9 ms here or, for the negative number, there."""
    return max(0, race % 19 - 9 if race >= 0 else 9 - -race % 19) / 1_000


def in_thread(work):
    """Run it on a connection of its own, closed when done."""

    def run():
        try:
            return work()
        finally:
            connections.close_all()

    return run


@pytest.mark.parametrize("page", ["student", "application"])
def test_who_reads_while_it_is_being_ended_waits_and_sees_nothing(pair, ada, grace, clock, page):
    supervision = SupervisionFactory(student=ada, supervisor=grace, level="stages")
    reader, address = signed_in(grace), pages(ada, pair)[page]
    with ThreadPoolExecutor() as pool:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("UPDATE supervision_supervision SET ended_at = now() WHERE id = %s", [supervision.pk])
            answer = pool.submit(in_thread(lambda: reader.get(address)))
            time.sleep(0.3)
            assert not answer.done(), "it answered from before the end, after the end had begun"
            cursor.execute("COMMIT")
        assert answer.result(timeout=10).status_code == 404
    assert not Look.objects.exists()


@pytest.mark.parametrize("races", SIZES)
def test_nothing_is_seen_after_the_end(pair, ada, grace, clock, races):
    seen = 0
    for race in range(races):
        supervision = SupervisionFactory(student=ada, supervisor=grace, level="stages")
        reader, address = signed_in(grace), list(pages(ada, pair).values())[race % 2]
        start, ended, asked = threading.Barrier(2), [], []

        def end(start=start, ended=ended, supervision=supervision, race=race):
            start.wait()
            time.sleep(head_start(race))
            actions.end(supervision=supervision, by=ada, at=NOW)
            ended.append(time.perf_counter())

        def read(start=start, asked=asked, reader=reader, address=address, race=race):
            start.wait()
            time.sleep(head_start(-race))
            asked.append(time.perf_counter())
            return reader.get(address).status_code

        with ThreadPoolExecutor() as pool:
            ending, reading = pool.submit(in_thread(end)), pool.submit(in_thread(read))
            ending.result()
            status = reading.result()
        assert status in {200, 404}
        assert status == 404 or asked[0] < ended[0]
        assert reader.get(address).status_code == 404
        seen += status == 200
    assert Look.objects.count() == seen, "each page that was seen is written down, and no other"
    assert 0 < seen < races, "both came first at times"


@pytest.mark.parametrize("races", SIZES)
def test_nothing_is_claimed_after_the_end(pair, ada, grace, clock, races):
    """A supervisor is reminded of what a student asked; the sharing ends while a worker takes the mail."""
    due_on, at = TODAY + dt.timedelta(days=7), dt.datetime.combine(TODAY, dt.time(8), tzinfo=dt.UTC)
    taken = 0
    for race in range(races):
        supervision = SupervisionFactory(student=ada, supervisor=grace, level="nothing")
        wish = actions.Wish("letter", f"Letter {race}", due_on=due_on)
        actions.ask(student=ada, supervision=supervision, email="", wish=wish, at=at - 3 * DAY, on=TODAY)
        reminding.make_plan(at=at)
        start, ended, asked = threading.Barrier(2), [], []

        def end(start=start, ended=ended, supervision=supervision, race=race):
            start.wait()
            time.sleep(head_start(race))
            actions.end(supervision=supervision, by=ada, at=NOW)
            ended.append(time.perf_counter())

        def claim(start=start, asked=asked, race=race):
            start.wait()
            time.sleep(head_start(-race))
            asked.append(time.perf_counter())
            lease = reminding.claim(at=at + HOUR)
            # The student is told of earlier ends as well: that is no mail of this sharing.
            return any(mail.facts.delivery.rule == "request_due" for mail in (lease.mails if lease else ()))

        with ThreadPoolExecutor() as pool:
            ending, claiming = pool.submit(in_thread(end)), pool.submit(in_thread(claim))
            ending.result()
            has_it = claiming.result()
        assert not has_it or asked[0] < ended[0]
        taken += has_it
        Delivery.objects.all().delete()
        Request.objects.all().delete()
    assert 0 < taken < races, "both came first at times"
