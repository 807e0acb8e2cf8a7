"""Measures reminders beside their floors: planning beside INSERT ... SELECT, sending beside smtplib with its bytes."""

import contextlib
import datetime as dt
import json
import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from django.db import connection, transaction

from accounts.models import User
from bench.measure import timed
from bench.report import Bar
from bench.servers import ROOT
from companies.models import Season
from reminders.actions import make_plan
from reminders.models import Delivery

STUDENTS = 50_000  # each with a mail and a line in the app
MAILS = 4_000
PLAN_BAR, AGAIN_BAR, SEND_BAR = 0.7, 300_000, 0.5
OPENS = dt.datetime(2030, 10, 1, 7, 0, tzinfo=dt.UTC)
SENDING = OPENS + dt.timedelta(minutes=45)
"""When the last of one morning has left its half hour."""

# What the planner writes, from one table, with nothing asked.
_FLOOR = """
INSERT INTO bench_delivery (key, rule, channel, person_id, season_id, revision, due_at, available_at, useful_until,
    state, attempts, last_error, created_at)
SELECT 'window_opens:window:' || u.public_id || ':' || c.channel || ':season-' || %(season)s || ':0:2030-10-01',
    'window_opens', c.channel, u.id, %(season)s, '2030-10-01', %(at)s, %(at)s, %(at)s::timestamptz + interval '3 days',
    'pending', 0, '', %(at)s
FROM accounts_user u CROSS JOIN (VALUES ('mail'), ('app')) AS c(channel)
WHERE u.is_active AND u.is_student AND u.email LIKE 'reminded%%'
ON CONFLICT (key) DO NOTHING
"""


def reminder_bars(runs: int) -> list[Bar]:
    """Plan for all, again without news, and send a part of it."""
    season = Season.objects.create(
        name="Bench", slug="bench", opens_on=OPENS.date(), closes_on=dt.date(2031, 1, 31), starts_on=dt.date(2031, 6, 1)
    )
    _people()
    return [*_planning(season, runs), _sending(runs)]


def _people() -> None:
    people = {"password": "!", "last_seen_on": dt.date(2030, 9, 30)}
    rows = (User(email=f"reminded{n}@x.example", **people) for n in range(STUDENTS))
    User.objects.bulk_create(rows, batch_size=5_000)
    User.objects.filter(email__startswith="reminded").update(created_at=dt.datetime(2029, 1, 1, tzinfo=dt.UTC))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_delivery (LIKE reminders_delivery INCLUDING ALL)")
        cursor.execute("ANALYZE accounts_user")


def _planning(season: Season, runs: int) -> list[Bar]:
    at = OPENS - dt.timedelta(hours=1)
    floors, plans, again, made = [], [], [], 0
    for _ in range(runs):
        Delivery.objects.all().delete()
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("TRUNCATE bench_delivery; SET LOCAL statement_timeout = 0")
            floors.append(timed(lambda: cursor.execute(_FLOOR, {"season": season.pk, "at": OPENS}))[0])
        seconds, planned = timed(lambda: make_plan(at=at))
        plans.append(seconds)
        made = planned.made
        again.append(timed(lambda: make_plan(at=at))[0])
    ratio = statistics.median(floor / plan for floor, plan in zip(floors, plans, strict=True))
    second = made / statistics.median(again)
    rate = made / statistics.median(plans)
    return [
        Bar(
            "P10",
            f"plan {made:,} reminders at {PLAN_BAR:g} x the rate of INSERT ... SELECT alone or more",
            f"{ratio:.2f} x, {rate:,.0f} rows/s",
            ratio >= PLAN_BAR,
        ),
        Bar("P10", f"again without news at {AGAIN_BAR:,} rows/s or more", f"{second:,.0f} rows/s", second >= AGAIN_BAR),
    ]


def _sending(runs: int) -> Bar:
    ratios, rates = [], []
    with _sink() as port, tempfile.TemporaryDirectory() as journal:
        for _ in range(runs):
            floor = MAILS / timed(lambda: _by_smtplib(port))[0]
            mails = Delivery.objects.filter(channel="mail")
            mails.update(state="expired")
            chosen = mails.order_by("pk").values_list("pk", flat=True)[:MAILS]
            Delivery.objects.filter(pk__in=list(chosen)).update(state="pending", available_at=OPENS, attempts=0)
            rates.append(_by_two_workers(port, journal))
            ratios.append(rates[-1] / floor)
            Delivery.objects.filter(state="sent").delete()
    ratio = statistics.median(ratios)
    return Bar(
        "P11",
        f"two processes send {MAILS:,} reminders at {SEND_BAR:g} x the rate of smtplib with built bytes or more",
        f"{ratio:.2f} x, {statistics.median(rates):,.0f} mails/s",
        ratio >= SEND_BAR,
    )


def _by_smtplib(port: int) -> None:
    """Hand over as many letters of the same size, made before, on one connection."""
    letter = b"Subject: x\r\n\r\n" + b"line of a letter, as long as most of them are, and then some more\r\n" * 90
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(MAILS):
            server.sendmail("a@x.example", ["b@x.example"], letter)


def _by_two_workers(port: int, journal: str) -> float:
    """Return the mails a second of two processes that share the outbox."""
    env = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "JOURNAL_ROOT": journal}
    command = [sys.executable, "-m", "bench.reminders_drain", SENDING.isoformat()]
    workers = [
        subprocess.Popen(command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout
        worker.stdout.readline()
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    told = [json.loads(worker.communicate()[0]) for worker in workers]
    assert sum(one["sent"] for one in told) == MAILS, told
    seconds: float = max(one["ended"] for one in told) - min(one["began"] for one in told)
    return MAILS / seconds


@contextlib.contextmanager
def _sink() -> Iterator[int]:
    command = [sys.executable, "-m", "bench.reminders_sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()
