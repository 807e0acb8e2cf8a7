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
INSERT INTO {table} (key, rule, channel, person_id, season_id, revision, due_at, available_at, useful_until,
    state, attempts, last_error, created_at)
SELECT 'window_opens:window:' || u.public_id || ':' || c.channel || ':season-' || %(season)s || ':0:2030-10-01',
    'window_opens', c.channel, u.id, %(season)s, '2030-10-01', %(at)s, %(at)s, %(at)s::timestamptz + interval '3 days',
    'pending', 0, '', %(at)s
FROM accounts_user u CROSS JOIN (VALUES ('mail'), ('app')) AS c(channel)
WHERE u.is_active AND u.is_student AND u.email LIKE 'reminded%%'
ON CONFLICT (key) DO NOTHING
"""
_OWN, _BARE = "reminders_delivery", "bench_delivery"
"""The product's own table, and one with its columns and indexes but without its foreign keys."""


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
    found: list[dict[str, float]] = []
    for _ in range(runs):
        one = {"bare": _floor(_BARE, season), "floor": _floor(_OWN, season), "floor again": _insert(_OWN, season)}
        _emptied(_OWN)
        one["plan"], planned = timed(lambda: make_plan(at=at))
        one["again"] = timed(lambda: make_plan(at=at))[0]
        found.append({**one, "made": planned.made})
    made, again = found[-1]["made"], statistics.median(one["again"] for one in found)
    ratio, bare, ratio_again = (
        statistics.median(one[floor] / one[product] for one in found)
        for floor, product in (("floor", "plan"), ("bare", "plan"), ("floor again", "again"))
    )
    rate = made / statistics.median(one["plan"] for one in found)
    return [
        Bar(
            "P10",
            f"plan {made:,} reminders at {PLAN_BAR:g} x the rate of INSERT ... SELECT alone or more",
            f"{ratio:.2f} x, {rate:,.0f} rows/s; {bare:.2f} x that into a table without foreign keys",
            ratio >= PLAN_BAR,
        ),
        Bar(
            "P10",
            f"again without news at {AGAIN_BAR:,} rows/s or more",
            f"{made / again:,.0f} rows/s; {ratio_again:.2f} x that of INSERT ... SELECT again",
            made / again >= AGAIN_BAR,
        ),
    ]


def _floor(table: str, season: Season) -> float:
    """Return the seconds of one bare INSERT ... SELECT into the empty table."""
    _emptied(table)
    return _insert(table, season)


def _insert(table: str, season: Season) -> float:
    """Return the seconds until it is committed: foreign keys are looked up at the end."""

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(_FLOOR.format(table=table), {"season": season.pk, "at": OPENS})

    return timed(insert)[0]


def _emptied(table: str) -> None:
    """Empty it for good: rows that are only deleted would be read past by whoever comes later."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


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
