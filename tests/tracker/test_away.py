"""While the database is away pages say so, and go on by themselves when it is back."""

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from tests.factories import UserFactory
from tracker.lib.database import is_away

PAGES = ["/", "/today/", "/applications/", "/manage/", "/settings/notifications/", "/no-such-page/"]


@pytest.fixture
def visitor(transactional_db):
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    return client


@pytest.fixture
def away(visitor):
    """Close the connection and let every new one go nowhere, until the test is over or says `back()`."""
    settings = connection.settings_dict
    host, port = settings["HOST"], settings["PORT"]
    connection.close()
    settings.update(HOST="127.0.0.1", PORT="1")

    def back():
        settings.update(HOST=host, PORT=port)

    yield back
    back()
    connections.close_all()


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_says_that_the_service_is_away(visitor, away, method):
    for path in PAGES:
        response = getattr(visitor, method)(path)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30"), path
        assert "away for a short time" in response.text
        assert "no-store" in response.headers["Cache-Control"]
    assert Client().get("/healthz/").status_code == 200
    assert Client().get("/healthz/deep/").json()["database"] is False


def test_all_is_well_as_soon_as_it_is_back(visitor, away):
    assert visitor.get("/today/").status_code == 503
    away()
    assert visitor.get("/today/").status_code == 200


def test_a_connection_that_ends_in_mid_request_is_the_same_trouble(visitor):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (its,) = cursor.fetchone()  # and no other: the session's own connection is needed to the end
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [its])
    assert visitor.get("/today/").status_code == 503
    connection.close()
    assert visitor.get("/today/").status_code == 200


def test_a_database_that_refuses_is_not_away(db):
    with pytest.raises(OperationalError) as refused, connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 1; SELECT pg_sleep(1)")
    assert not is_away(refused.value)
    assert not is_away(ValueError())
