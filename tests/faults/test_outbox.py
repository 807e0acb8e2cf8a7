"""Nothing is lost and nothing is another mail: real workers, killed in mid-send, beat twice, Redis emptied."""

import datetime as dt
import random

import pytest
import redis
from django.db.models import Max

from accounts.models import User
from applications.models import Application, InterviewRound
from reminders.models import Delivery, Heartbeat, Notice
from reminders.queries import database_now
from tests import smtp
from tests.factories import CompanyFactory
from tests.faults.crew import crew


def interviews_soon(count: int) -> None:
    """Make so many students, each with an interview in three hours: announced at once."""
    start = (database_now() + dt.timedelta(hours=3)).replace(second=0, microsecond=0)
    company = CompanyFactory()
    people = User.objects.bulk_create(User(email=f"s{number}@x.example", password="!") for number in range(count))
    applications = Application.objects.bulk_create(
        Application(student=person, company=company, stage="interviewing", stage_since=start.date())
        for person in people
    )
    InterviewRound.objects.bulk_create(
        InterviewRound(application=one, kind="coding", on=start.date(), time=start.time(), zone="UTC", starts_at=start)
        for one in applications
    )


def unfinished() -> int:
    return Delivery.objects.filter(state__in=Delivery.OPEN).count()


@pytest.mark.parametrize(("students", "kills"), [(300, 4), pytest.param(3_000, 10, marks=pytest.mark.gate)])
@pytest.mark.django_db(transaction=True)
def test_workers_killed_in_mid_send_lose_nothing_and_send_no_second_mail(tmp_path, students, kills):
    dice = random.Random(7)
    interviews_soon(students)
    with smtp.running(delay=0.02) as sink, crew(sink.url, tmp_path) as processes:
        for start in (processes.worker, processes.worker, processes.beat, processes.beat):
            start()
        for number, mark in enumerate(range(20, students, students // kills)):
            processes.wait_until(lambda mark=mark: len(sink.mails) >= mark and sink.handling > 0)
            processes.kill_a_worker(dice)
            if number == 1:
                redis.Redis(unix_socket_path=str(processes.valkey.socket)).flushall()
        processes.wait_until(lambda: Delivery.objects.count() == 2 * students and unfinished() == 0, seconds=240)
        said = processes.said()

    mails = Delivery.objects.filter(channel="mail")
    assert list(mails.exclude(state="sent")) == [], said
    assert Notice.objects.count() == students
    kept = set(mails.values_list("message_id", flat=True))
    assert set(sink.message_ids) == kept
    assert len(kept) == students
    assert sorted({mail["To"] for mail in sink.mails}) == sorted(User.objects.values_list("email", flat=True))
    repeats = len(sink.message_ids) - students
    assert 0 <= repeats <= processes.kills == kills
    assert mails.aggregate(most=Max("attempts"))["most"] <= 1 + processes.kills
    assert Heartbeat.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_asked_to_end_finishes_what_it_began(tmp_path):
    interviews_soon(30)
    with smtp.running(delay=0.05) as sink, crew(sink.url, tmp_path) as processes:
        processes.worker("--beat", "--scheduler", "celery.beat:Scheduler")
        processes.wait_until(lambda: len(sink.mails) >= 3)
        worker = processes.workers[0]
        worker.terminate()
        processes.wait_until(lambda: worker.poll() is not None)
        states = set(Delivery.objects.filter(channel="mail").values_list("state", flat=True))
        assert "sending" not in states, processes.said()
        assert len(sink.message_ids) == len(set(sink.message_ids))
        assert Delivery.objects.filter(channel="mail", state="sent").count() == len(sink.message_ids)
