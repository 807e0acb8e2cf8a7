"""The cast: the same people in every test (see the demo accounts in README.md)."""

import logging

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings

from accounts.actions import see_today
from tests.authz_world import World
from tests.demo_copies import load_demo, tables
from tests.factories import NOW, PASSWORD, SeasonFactory, UserFactory
from tracker.lib import clock as clock_of_tests

# How long an example takes tells of the machine, not of the code: a busy one would fail tests at random.
settings.register_profile("waymark", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("waymark")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """End what is still connected before the test database is dropped: threads of the live server keep theirs."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _cheaper():
    """Let passwords take no time, and a test with transactions of its own delete the few rows that there are.

    Django truncates every table and fills some again, which takes longer than many a test.
    """
    with pytest.MonkeyPatch.context() as patch:
        for cost, least in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, cost, least)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: _emptied())
        yield


@pytest.fixture(scope="session", autouse=True)
def _patient():
    """Let a module keep its transaction open as long as its next test waits for one that runs alone (servers.py)."""

    def wait(connection, **_):
        with connection.cursor() as cursor:
            cursor.execute("SET idle_in_transaction_session_timeout = 0")

    connection_created.connect(wait)
    yield
    connection_created.disconnect(wait)


@transaction.atomic
def _emptied():
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in tables()))


@pytest.fixture
def clock():
    """Stop the clock at Tuesday 10 November 2026, 09:00 UTC; the fixture moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load the demo once for the tests of a module; each runs in a transaction of its own within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, clock):
    """Give the demo of Tuesday 10 November 2026, on that day."""


@pytest.fixture
def season(db):
    return SeasonFactory()


@pytest.fixture
def ada(db):
    return UserFactory(email="ada@waymark.example", name="Ada Whitlock")


@pytest.fixture
def mallory(db):
    return UserFactory(email="mallory@waymark.example", name="Mallory Quist")


@pytest.fixture
def grace(db):
    return UserFactory(
        email="grace@waymark.example", name="Grace Lindqvist", is_student=False, is_supervisor=True, phd_started_on=None
    )


@pytest.fixture
def sam(db):
    return UserFactory(
        email="sam@waymark.example", name="Sam Okafor", is_student=False, is_supervisor=True, phd_started_on=None
    )


@pytest.fixture
def cora(db):
    return UserFactory(
        email="cora@waymark.example", name="Cora Lindgren", is_student=False, is_curator=True, phd_started_on=None
    )


@pytest.fixture
def admin(db):
    return UserFactory(
        email="admin@waymark.example",
        name="Admin",
        is_student=False,
        is_staff=True,
        is_superuser=True,
        phd_started_on=None,
    )


@pytest.fixture
def client_of():
    """Return a function that signs a person in who was here today before: `client_of(ada).get("/today/")`."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        see_today(person=user, on=clock_of_tests.today(user))
        return client

    return sign_in


@pytest.fixture
def password():
    return PASSWORD


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    logging.disable()  # thousands of refusals, each with its traceback
    in_cookies = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies")  # no query for it
    with django_db_blocker.unblock(), in_cookies, time_machine.travel(NOW, tick=False), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
