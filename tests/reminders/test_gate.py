"""The rate that all workers keep together, and the rest that a mail server in trouble gets."""

import datetime as dt
import threading
import time

import pytest
from django.db import connections
from django.test import override_settings

from reminders import actions
from reminders.letters import deliver, tick
from reminders.models import Delivery, MailServer, Notice
from reminders.queries import database_now
from tests import smtp
from tests.factories import RoundFactory, UserFactory
from tests.reminders.conftest import hears_only
from tracker.mail_url import mailer

MINUTE = dt.timedelta(minutes=1)
EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)
NOWHERE = {"default": mailer("smtp://127.0.0.1:1")}


@pytest.fixture
def due(student):
    """Return a function that makes so many interviews tomorrow, each of its own student, planned."""

    def make(count: int) -> None:
        for _ in range(count):
            RoundFactory(application__student=hears_only(student(), "interviews"))
        actions.make_plan(at=EVENING)

    return make


def waiting() -> int:
    return Delivery.objects.filter(channel="mail", state="pending", attempts=0).count()


def test_without_a_rate_a_claim_takes_a_batch_and_writes_nothing_down(due):
    due(3)
    assert len(actions.claim(at=EVENING).mails) == 3
    assert not MailServer.objects.exists()


def test_a_rate_gives_what_half_a_second_brings_and_then_says_when_the_next_may_go(due, settings):
    settings.MAIL_RATE_PER_SECOND = 5
    due(6)
    assert len(actions.claim(at=EVENING).mails) == 2
    again = actions.claim(at=EVENING)
    assert again == actions.Wait(seconds=pytest.approx(0.1))
    assert len(actions.claim(at=EVENING + dt.timedelta(seconds=again.seconds + 0.001)).mails) == 1
    assert len(actions.claim(at=EVENING + MINUTE).mails) == 2  # what nobody used does not add up
    assert waiting() == 1


def test_a_rate_of_less_than_one_a_second_still_sends(due, settings):
    settings.MAIL_RATE_PER_SECOND = 0.1
    due(2)
    assert len(actions.claim(at=EVENING).mails) == 1
    assert actions.claim(at=EVENING + dt.timedelta(seconds=9)) == actions.Wait(seconds=pytest.approx(1))
    assert len(actions.claim(at=EVENING + dt.timedelta(seconds=10.01)).mails) == 1


@pytest.mark.django_db(transaction=True)
def test_several_workers_together_never_go_above_the_rate(settings):
    settings.MAIL_RATE_PER_SECOND, settings.WAYMARK_QUIET_HOURS = 20, False
    start = (database_now() + dt.timedelta(hours=3)).replace(second=0, microsecond=0)
    for _ in range(50):
        RoundFactory(
            application__student=hears_only(UserFactory(), "interviews"), on=start.date(), time=start.time(), zone="UTC"
        )
    actions.make_plan(at=database_now())

    def work() -> None:
        deliver(clock=database_now)
        connections.close_all()

    with smtp.running() as sink, override_settings(MAILERS={"default": mailer(sink.url)}):
        began = time.monotonic()
        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        seconds = time.monotonic() - began
    assert len(sink.message_ids) == len(set(sink.message_ids)) == 50
    assert 20 + 20 * seconds >= 50


def test_a_server_that_is_away_rests_longer_each_time_and_no_try_is_used_up(due):
    due(2)
    at = EVENING
    with override_settings(MAILERS=NOWHERE):
        for minutes in (1, 2, 5, 15, 60, 60):
            assert deliver(clock=lambda at=at: at).no_server
            rests = MailServer.objects.get().rests_until - at
            assert 0 <= (rests - minutes * MINUTE).total_seconds() < 60
            assert actions.claim(at=at + rests - dt.timedelta(seconds=1)) == actions.Wait(no_server=True)
            at += rests
    assert waiting() == 2


def test_one_mail_shows_that_the_server_is_well_and_the_others_follow(due, sink):
    due(4)
    actions.shut(at=EVENING - MINUTE, was_probe=False)
    probe = actions.claim(at=EVENING)
    assert (len(probe.mails), probe.is_probe) == (1, True)
    assert actions.claim(at=EVENING) == actions.Wait(no_server=True)  # the others wait for what it shows
    actions.give_back(mails=probe.mails, token=probe.token, at=EVENING)
    later = EVENING + 3 * MINUTE  # its sender is gone
    assert deliver(clock=lambda: later).sent == 4
    assert MailServer.objects.filter(troubles=0, rests_until=None).exists()


def test_two_workers_that_meet_one_trouble_count_it_once(due):
    actions.shut(at=EVENING, was_probe=False)
    actions.shut(at=EVENING, was_probe=False)
    assert MailServer.objects.get().troubles == 1


def test_in_the_app_all_goes_on_meanwhile(due):
    due(2)
    actions.shut(at=EVENING, was_probe=False)
    done = tick(clock=lambda: EVENING)
    assert (done.told, done.mails.no_server, Notice.objects.count()) == (2, True, 2)


def test_a_connection_that_has_had_its_fill_is_replaced(due, sink):
    due(4)
    people = Delivery.objects.filter(channel="mail").order_by("pk").values_list("person__email", flat=True)
    sink.data_answers[people[1]] = "421 Too many over one connection"
    done = deliver(clock=lambda: EVENING)
    assert (done.sent, done.put_off, done.no_server, sink.connections) == (3, 1, False, 2)
    assert not MailServer.objects.exists()
