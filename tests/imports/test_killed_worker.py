"""A worker that is killed in the middle of an import leaves nothing, and the next one does it once."""

import datetime as dt
import os
import signal
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from redis import Redis

from applications.models import Application, Event
from imports.actions import ask_for_run, begin_import, match_columns, progress_of
from imports.models import Import
from tests.imports.sheets import as_csv
from tests.servers import ENVIRONMENT
from tracker.lib import clock
from tracker.lib.nudging import nudge
from tracker.stack import processes
from tracker.stack.home import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]

ROWS = 16_000
PATIENCE = 60
FIELDS = ["company", "role", "stage", "applied_on", "url", "notes"]


@pytest.fixture
def worker(tmp_path):
    """Return a function that starts a worker for imports on this test's database; all are ended."""
    started = []
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = parts._replace(path=parts.path.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]).geturl()
    queue = Redis.from_url(os.environ["REDIS_URL"])
    queue.delete("celery:imports")

    def start():
        command = ["celery", "-A", "tracker", "worker", "--queues", "imports", "--concurrency", "1"]
        command += [
            "--without-mingle",
            "--without-gossip",
            "--without-heartbeat",
            "--hostname",
            f"w{len(started)}@test",
        ]
        env = {**os.environ, **ENVIRONMENT, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
        with (tmp_path / "worker.log").open("ab") as log:
            one = processes.start([sys.executable, "-m", *command], log=log, env=env, cwd=ROOT)
        started.append(one)
        return one

    yield start
    processes.stop(*started)
    queue.delete("celery:imports")
    queue.close()


def wait_until(holds, what):
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, what
        time.sleep(0.01)


def test_an_import_whose_worker_is_killed_is_done_once(ada, season, worker):
    rows = [
        [f"Company {n % 50}", f"Intern {n}", "Applied", "2026-11-03", f"https://jobs.example/{n}", ""]
        for n in range(ROWS)
    ]
    file = begin_import(student=ada, name="a.csv", content=as_csv(rows), at=clock.now())
    words = {"Applied": "applied"}
    match_columns(file=file, fields=FIELDS, words=words, day_first=None, by=ada, at=clock.now())
    assert ask_for_run(file=file, by=ada, at=clock.now(), clock=clock.now) is True
    first = worker()
    nudge("imports.import")
    wait_until(lambda: 0 < progress_of(file) < ROWS, "nobody began")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(timeout=10)
    file.refresh_from_db()
    assert (file.state, Application.objects.count(), Event.objects.count()) == ("waiting", 0, 0)
    assert file.began_at is not None

    Import.objects.update(began_at=file.began_at - dt.timedelta(minutes=7))
    cache.clear()
    worker()
    nudge("imports.import")
    nudge("imports.import")
    wait_until(lambda: Import.objects.get().state == "done", "nobody took it up")
    assert (Application.objects.count(), Event.objects.count()) == (ROWS, ROWS)
