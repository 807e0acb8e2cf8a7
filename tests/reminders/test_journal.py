"""What the journal outside the database knows, and what that is good for: a killed sender, and a restored backup."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from reminders import actions
from reminders.letters import deliver, tick
from reminders.models import Delivery, JournalRead, Preference
from reminders.plan import Kind
from reminders.queries import Wish
from supervision.actions import change_level, end
from supervision.models import SharingEvent, Supervision
from tests.factories import CompanyFactory, RoundFactory, SupervisionFactory
from tests.reminders.conftest import hears_only
from tracker.lib import journal as pages
from tracker.stack.home import ROOT

EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def clock() -> dt.datetime:
    return EVENING


def lines(journal: Path) -> list[dict]:
    return [json.loads(line) for path in journal.glob("*.jsonl") for line in path.read_text().splitlines()]


@pytest.fixture
def due(student):
    """Return a function that makes interviews tomorrow, one for each address."""

    def make(*addresses: str) -> None:
        company = CompanyFactory(name="Tidewater")
        for address in addresses:
            person = hears_only(student(email=address, name="Ada Whitlock"), "interviews")
            RoundFactory(application__student=person, application__company=company)

    return make


def test_what_was_sent_is_noted_by_key_and_nothing_else(due, sink, journal):
    due("ada@x.example")
    tick(clock=clock)
    (line,) = lines(journal)
    row = Delivery.objects.get(channel="mail")
    assert (set(line), line["kind"], line["keys"]) == ({"kind", "at", "keys"}, "sent", [row.key])
    (path,) = journal.iterdir()
    assert path.stat().st_mode & 0o077 == 0


def test_a_sender_that_was_killed_before_it_told_the_database_repeats_nothing(due, sink):
    due("ada@x.example", "bob@x.example")
    actions.make_plan(at=EVENING)
    lease = actions.claim(at=EVENING)
    pages.note(kind="sent", at=EVENING, keys=[lease.mails[0].delivery.key])  # and then the machine lost its power
    assert deliver(clock=lambda: EVENING + 3 * MINUTE).sent == 1
    assert [mail["To"] for mail in sink.mails] == [lease.mails[1].delivery.person.email]
    assert set(Delivery.objects.filter(channel="mail").values_list("state", "attempts")) == {("sent", 1), ("sent", 2)}


def test_a_journal_that_cannot_be_written_holds_nothing_up(due, sink, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.JOURNAL_ROOT = str(tmp_path / "file" / "journal")
    due("ada@x.example")
    actions.make_plan(at=EVENING)
    assert deliver(clock=clock).sent == 1
    assert Delivery.objects.get(channel="mail").state == "sent"


def copy_of(*tables: str) -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def put_back(kept: dict[str, list[tuple]]) -> None:
    with connection.cursor() as cursor:
        for table in reversed(kept):
            cursor.execute(f"DELETE FROM {table}")
        for table, rows in kept.items():
            for row in rows:
                cursor.execute(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(row))})", row)


@pytest.mark.parametrize(
    ("students", "planned"),
    [(20, True), (20, False), *(pytest.param(1_000, planned, marks=pytest.mark.gate) for planned in (True, False))],
)
def test_after_an_old_backup_is_restored_nothing_is_sent_again(due, sink, students, planned):
    due(*(f"p{number}@x.example" for number in range(students)))
    if planned:
        actions.make_plan(at=EVENING)
    backup = copy_of("reminders_delivery", "reminders_notice", "reminders_journalread")
    assert tick(clock=clock).mails.sent == students
    put_back(backup)
    again = tick(clock=lambda: EVENING + MINUTE)
    assert (again.mails.sent, len(sink.mails)) == (0, students)
    assert Delivery.objects.filter(channel="mail", state="sent").count() == students
    assert deliver(clock=lambda: EVENING + 10 * MINUTE).sent == 0


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Return a block at whose end what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_what_was_stopped_stays_stopped_after_a_restore(due, sink, commits):
    due("ada@x.example")
    person = User.objects.get(email="ada@x.example")
    backup = copy_of("reminders_preference", "reminders_journalread")
    with commits():
        actions.stop(by=person, kind=Kind.INTERVIEWS, on=EVENING.date())
    put_back(backup)
    assert tick(clock=clock).mails.sent == 0
    assert Preference.objects.get(person=person, kind="interviews").by_mail == "off"


def test_a_wish_that_is_newer_than_the_journal_stands(due, commits):
    due("ada@x.example")
    person = User.objects.get(email="ada@x.example")
    with commits():
        actions.stop(by=person, kind=Kind.INTERVIEWS, on=EVENING.date())
        actions.choose(by=person, wishes={Kind.INTERVIEWS: Wish("now", app=True)}, times={})
    for _ in range(2):
        actions.catch_up(at=EVENING)
        assert Preference.objects.get(person=person, kind="interviews").by_mail == "now"
        JournalRead.objects.all().delete()


@pytest.mark.parametrize("ends", [True, False])
def test_a_sharing_that_ended_or_was_narrowed_stays_so_after_a_restore(commits, db, ends):
    supervision = SupervisionFactory(level="details")
    backup = copy_of("supervision_supervision", "reminders_journalread")
    with commits():
        if ends:
            end(supervision=supervision, by=supervision.student, at=EVENING)
        else:
            change_level(supervision=supervision, level="summary", by=supervision.student, at=EVENING)
    put_back(backup)
    assert Supervision.objects.live().get().level == "details"
    actions.catch_up(at=EVENING)
    assert list(Supervision.objects.live().values_list("level", flat=True)) == ([] if ends else ["summary"])
    events = SharingEvent.objects.count()
    JournalRead.objects.all().delete()
    actions.catch_up(at=EVENING)
    assert SharingEvent.objects.count() == events


def test_a_journal_without_news_costs_one_query(due, sink, django_assert_num_queries):
    due("ada@x.example")
    tick(clock=clock)
    actions.catch_up(at=EVENING)
    with django_assert_num_queries(1):
        assert actions.catch_up(at=EVENING) == 0


def test_the_files_of_a_month_ago_are_removed(due, sink, journal):
    due("ada@x.example")
    tick(clock=clock)
    actions.catch_up(at=EVENING)
    assert JournalRead.objects.count() == 1
    actions.catch_up(at=EVENING + dt.timedelta(days=30))
    assert (JournalRead.objects.count(), len(list(journal.iterdir()))) == (1, 1)
    actions.catch_up(at=EVENING + dt.timedelta(days=31))
    assert (JournalRead.objects.count(), list(journal.iterdir())) == (0, [])


def another_process_notes(key: str, journal: Path) -> None:
    child = (
        "import datetime, django, sys; django.setup(); from tracker.lib.journal import note;"
        "note(kind='sent', at=datetime.datetime.fromisoformat(sys.argv[1]), keys=[sys.argv[2]])"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings", "JOURNAL_ROOT": str(journal)}
    subprocess.run([sys.executable, "-c", child, EVENING.isoformat(), key], check=True, env=env, cwd=ROOT)


def test_a_line_that_a_full_disk_cut_short_spoils_no_other(journal):
    for key in ("a", "b"):  # each takes the file on where the one before left it
        another_process_notes(key, journal)
        (path,) = journal.iterdir()
        with path.open("ab") as file:
            file.write(b'{"kind":"sent","ke')
    (piece,) = pages.pieces({})
    assert [entry["keys"] for entry in piece.entries] == [["a"], ["b"]]
    assert list(pages.pieces({piece.name: piece.offset})) == []


def test_two_processes_write_two_files(journal):
    pages.note(kind="sent", at=EVENING, keys=["a"])
    another_process_notes("b", journal)
    assert sorted(line["keys"] for line in lines(journal)) == [["a"], ["b"]]
    assert len(list(journal.iterdir())) == 2
