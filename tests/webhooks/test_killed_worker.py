"""A worker that is killed in mid-send: what it sent, or not, arrives under the same id from the next one."""

import os
import signal
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
from django.db import connection
from redis import Redis

from tests.factories import ApplicationFactory
from tests.servers import ENVIRONMENT
from tracker.lib import clock
from tracker.lib.nudging import nudge
from tracker.stack import processes
from tracker.stack.home import ROOT
from webhooks.models import Webhook, WebhookDelivery

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]

PATIENCE = 60
_QUEUE = "celery:webhooks"


@pytest.fixture
def worker(tmp_path, receiver):
    """Return a function that starts a worker of webhooks on this test's database; all are ended."""
    started = []
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = parts._replace(path=parts.path.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]).geturl()
    queue = Redis.from_url(os.environ["REDIS_URL"])
    queue.delete(_QUEUE)

    def start():
        command = [*("celery", "-A", "tracker", "worker", "--queues", "webhooks", "--concurrency", "1")]
        command += ["--without-mingle", "--without-gossip", "--without-heartbeat", "--hostname", f"w{len(started)}@t"]
        ours = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
        env = {**os.environ, **ENVIRONMENT, **ours, "WEBHOOKS_INSIDE": receiver.origin}
        with (tmp_path / "worker.log").open("ab") as log:
            one = processes.start([sys.executable, "-m", *command], log=log, env=env, cwd=ROOT)
        started.append(one)
        return one

    yield start
    processes.stop(*started)
    queue.delete(_QUEUE)
    queue.close()


def wait_until(holds, what):
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, what
        time.sleep(0.02)


def test_what_a_killed_worker_was_sending_arrives_under_the_same_id(ada, hook, season, receiver, worker):
    released = threading.Event()

    def silent(_handler):
        released.wait(PATIENCE)

    receiver.answers = lambda _path: (silent, {}, [])
    ApplicationFactory(student=ada)
    first = worker()
    nudge("webhooks.send")
    wait_until(lambda: receiver.arrived, "nobody sent it")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(timeout=10)
    released.set()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.tries.count()) == ("due", 1, 0)

    receiver.answers = lambda _path: (204, {}, [])
    Webhook.objects.update(free_at=clock.now())  # two minutes later
    worker()
    nudge("webhooks.send")
    wait_until(lambda: WebhookDelivery.objects.get().state == "sent", "nobody took it up")
    (_, before, body), (_, after, again) = receiver.arrived
    assert (before["webhook-id"], body) == (after["webhook-id"], again)
