"""The pass itself: as task, as command, and seen by the deep health page."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from redis import Redis

from reminders import tasks
from reminders.models import Delivery, Heartbeat, Notice
from reminders.queries import database_now, outbox_health
from tests.factories import RoundFactory
from tests.reminders.conftest import hears_only
from tracker.celery import app

QUEUE = "celery:reminders"


@pytest.fixture
def due(student, settings):
    """Return a function that makes so many interviews in three hours by the real clock, each announced at once."""

    settings.WAYMARK_QUIET_HOURS = False  # it may be night

    def make(count: int = 1) -> None:
        start = (database_now() + dt.timedelta(hours=3)).replace(second=0, microsecond=0)
        for _ in range(count):
            RoundFactory(
                application__student=hears_only(student(), "interviews"), on=start.date(), time=start.time(), zone="UTC"
            )

    return make


@pytest.fixture
def broker(settings):
    client = Redis.from_url(settings.REDIS_URL)
    client.delete(QUEUE)
    yield client
    client.delete(QUEUE)
    client.close()


def test_the_command_does_one_pass_and_says_so(due, sink):
    due(2)
    said = StringIO()
    call_command("tick", stdout=said)
    assert said.getvalue() == (
        "Planned 4, set right 0, retired 0. Shown in the app 2, too late for a letter 0. "
        "Sent 2, put off 0, given up 0.\n"
    )
    assert len(set(sink.message_ids)) == 2


def test_the_command_may_run_again_and_again(due, sink):
    due(1)
    for _ in range(3):
        call_command("tick", stdout=StringIO())
    assert len(sink.mails) == 1
    assert Notice.objects.count() == 1


def test_the_command_prints_json_for_machines(due, sink):
    due(1)
    said = StringIO()
    call_command("tick", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {
        "planned": {"made": 2, "righted": 0, "retired": 0},
        "told": 1,
        "expired": 0,
        "mails": {"sent": 1, "put_off": 0, "given_up": 0, "lost_leases": 0, "no_server": False},
        "pushed": 0,
    }


def test_the_command_says_when_there_is_no_mail_server(due, settings):
    from tracker.mail_url import mailer

    due(1)
    settings.MAILERS = {"default": mailer("smtp://127.0.0.1:1")}
    said = StringIO()
    call_command("tick", stdout=said)
    assert said.getvalue().endswith("The mail server does not take letters; they wait.\n")


def test_the_task_sends(due, sink, broker):
    due(1)
    tasks.tick()
    assert len(sink.mails) == 1
    assert broker.llen(QUEUE) == 0


def test_a_tick_with_more_than_a_batch_calls_a_second_sender(due, sink, broker, settings):
    settings.WAYMARK_BATCH = 2
    due(3)
    tasks.tick()
    assert len(sink.mails) == 3
    assert [json.loads(one)["headers"]["task"] for one in broker.lrange(QUEUE, 0, -1)] == ["reminders.deliver"]
    tasks.deliver()
    assert len(sink.mails) == 3


def test_without_a_broker_a_tick_sends_alone(due, sink, broker, settings, monkeypatch):
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", "redis://127.0.0.1:1/0")  # Celery looks there first
    settings.WAYMARK_BATCH = 2
    due(3)
    tasks.tick()
    assert len(sink.mails) == 3


def test_both_tasks_are_known_under_the_names_that_beat_uses():
    from tracker.schedule import BEAT

    assert {BEAT["tick"]["task"], "reminders.deliver"} <= set(app.tasks)


def test_health_knows_the_last_tick_and_the_oldest_row_that_waits(due, sink):
    assert outbox_health(at=database_now()).ticked_at is None
    due(1)
    call_command("tick", stdout=StringIO())
    health = outbox_health(at=database_now())
    assert database_now() - health.ticked_at < dt.timedelta(seconds=30)
    assert health.oldest_due_at is None


def test_a_row_that_is_put_off_by_trouble_counts_as_waiting_and_one_over_the_daily_number_does_not(due):
    from reminders.actions import make_plan

    due(1)
    at = database_now()
    make_plan(at=at)
    later = at + dt.timedelta(hours=1)
    Delivery.objects.update(available_at=later)
    assert outbox_health(at=at).oldest_due_at is None
    Delivery.objects.update(attempts=2)
    assert outbox_health(at=at).oldest_due_at == at


@pytest.mark.parametrize(("age", "status"), [(10, 200), (170, 200), (190, 503)])
def test_the_deep_health_page_is_well_while_the_heartbeat_is_young(db, age, status):
    Heartbeat.objects.create(ticked_at=database_now() - dt.timedelta(seconds=age))
    assert Client().get("/healthz/deep/").status_code == status


def test_the_deep_health_page_is_not_well_when_a_row_waits_for_long(due):
    from reminders.actions import make_plan

    due(1)
    make_plan(at=database_now() - dt.timedelta(minutes=16))
    Heartbeat.objects.update(ticked_at=database_now())
    assert Client().get("/healthz/deep/").status_code == 503
