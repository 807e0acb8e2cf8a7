"""A letter that a person asked to see."""

import datetime as dt

import pytest
from django.core.cache import cache

from applications.models import Application
from reminders import tasks
from reminders.letters import send_sample
from reminders.models import Delivery
from tests.factories import NOW, TODAY, ApplicationFactory
from tests.reminders.conftest import LONG_AGO
from tests.reminders.test_waking import broker, no_broker, nudges  # noqa: F401 - fixtures

PATH = "/settings/notifications/sample/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def test_a_week_with_something_in_it_is_shown(ada, season, sink, weekly_plans):
    ApplicationFactory(student=ada, stage="preparing", closes_on=TODAY + dt.timedelta(days=2))
    Application.objects.update(created_at=LONG_AGO)
    assert send_sample(ada, at=NOW)
    (mail,) = sink.mails
    assert (mail["To"], mail["Subject"]) == (ada.email, "Sample: Your week: 1 to send")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    ("on", "subject"),
    [
        (dt.date(2026, 11, 10), "Sample: Half-way: 0 sent, 12 weeks left"),
        (dt.date(2026, 8, 1), "Sample: The application window opens on 1 October"),
    ],
)
def test_an_empty_week_shows_the_letter_of_the_window(ada, season, sink, on, subject):
    assert send_sample(ada, at=dt.datetime.combine(on, dt.time(9), dt.UTC))
    assert [mail["Subject"] for mail in sink.mails] == [subject]


def test_without_a_window_there_is_nothing_to_show(ada, sink):
    assert not send_sample(ada, at=NOW)
    assert sink.mails == []


def test_asking_twice_in_some_minutes_is_asking_once(ada, client_of, broker, clock):  # noqa: F811
    client = client_of(ada)
    for _ in range(2):
        answer = client.post(PATH, follow=True)
        assert f"A sample is on its way to {ada.email}." in answer.content.decode()
    assert [task for task in nudges(broker) if task == "reminders.sample"] == ["reminders.sample"]


def test_without_a_broker_it_says_so_and_can_be_asked_again(ada, client_of, no_broker):  # noqa: F811
    for _ in range(2):
        assert "No sample can be sent just now." in client_of(ada).post(PATH, follow=True).content.decode()


def test_the_task_writes_to_students_who_are_there(ada, grace, season, sink):
    gone = type(ada).objects.create(email="gone@waymark.example", is_active=False)
    for person in (ada, grace, gone):
        tasks.sample(person.pk)
    assert [mail["To"] for mail in sink.mails] == [ada.email]
