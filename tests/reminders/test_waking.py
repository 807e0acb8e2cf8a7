"""Nudging a worker after a change, with Redis and without."""

import json
import threading
import time

import pytest
from django.conf import settings as configured
from django.test import RequestFactory
from redis import Redis

from reminders.actions import wake, waking
from reminders.middleware import wake_after_change
from tests.factories import ApplicationFactory

QUEUE = "celery:reminders"

QUIET = "/settings/notifications/quiet/"


@pytest.fixture
def broker():
    """An empty queue, and nothing under way in this process."""
    client = Redis.from_url(configured.REDIS_URL)
    client.delete(QUEUE)
    waking._nudges._next = 0.0
    yield client
    client.delete(QUEUE)
    client.close()
    waking._nudges._next = 0.0


@pytest.fixture
def no_broker(monkeypatch, broker):
    """A broker that is not there."""
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", "redis://127.0.0.1:1/0")  # Celery looks there first


def nudges(client: Redis) -> list[str]:
    return [json.loads(message)["headers"]["task"] for message in client.lrange(QUEUE, 0, -1)]


def test_many_changes_in_a_moment_are_one_nudge_that_comes_after_them(broker):
    for _ in range(5):
        wake()
    assert nudges(broker) == ["reminders.tick"]
    headers = json.loads(broker.lrange(QUEUE, 0, 0)[0])["headers"]
    assert headers["eta"] is not None
    assert headers["expires"] is not None


def test_the_next_moment_has_its_own_nudge(broker, settings):
    settings.WAYMARK_WAKE_SECONDS = 0.01
    wake()
    time.sleep(0.02)
    wake()
    assert nudges(broker) == ["reminders.tick", "reminders.tick"]


def test_without_a_broker_nothing_is_raised_and_it_is_left_alone_for_a_while(no_broker):
    began = time.monotonic()
    for _ in range(50):
        wake()
    assert time.monotonic() - began < 2


def test_threads_share_one_nudge(broker):
    threads = [threading.Thread(target=wake) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert nudges(broker) == ["reminders.tick"]


def test_a_change_of_a_student_wakes(ada, client_of, broker):
    client_of(ada).post(QUIET)
    assert nudges(broker) == ["reminders.tick"]


@pytest.mark.parametrize(
    "step",
    [
        lambda client: client.get("/settings/notifications/"),
        lambda client: client.post("/settings/notifications/", {"paused_until": "never"}),
        lambda client: client.post("/nowhere/"),
        lambda client: client.logout() or client.post(QUIET),
    ],
)
def test_looking_and_refused_changes_wake_nobody(ada, client_of, broker, step):
    step(client_of(ada))
    assert nudges(broker) == []


def test_changes_of_those_who_are_no_students_wake_nobody(grace, client_of, broker):
    client_of(grace).post(QUIET)
    assert nudges(broker) == []


def test_a_request_without_a_user_is_left_alone(broker):
    from django.http import HttpResponse

    middleware = wake_after_change(lambda request: HttpResponse("ok"))
    assert middleware(RequestFactory().post("/")).status_code == 200
    assert nudges(broker) == []


def test_without_a_broker_every_change_is_kept(ada, client_of, no_broker):
    ApplicationFactory(student=ada)
    response = client_of(ada).post(QUIET)
    assert response.status_code == 302
    assert ada.reminder_times.paused_until is not None
