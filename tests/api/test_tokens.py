"""Tokens: shown once, kept as a hash, dead at once, for nothing but the API (S8)."""

import datetime as dt
import json
import logging
import re

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.actions import make_token
from accounts.models import Token
from reminders.actions.subscribing import open_feed
from tests.api.conftest import EVERY, Program
from tests.demo_copies import tables
from tests.factories import NOW

PAGE = "/settings/tokens/"


def test_a_token_is_made_on_its_page_shown_once_and_opens_the_api(ada, clock, client_of):
    client = client_of(ada)
    made = client.post(PAGE, {"name": "Calendar", "scopes": ["read"], "days": "30"})
    secret = made.context["secret"]
    assert (made.status_code, secret in made.text, secret in client.get(PAGE).text) == (200, True, False)
    me = Program(secret).of("GET", "/me")
    assert (me["name"], me["scopes"], me["expires_at"]) == ("Ada Whitlock", ["read"], "2026-12-10T09:00:00Z")
    assert "Last used on 10 November" in client.get(PAGE).text


def test_whoever_runs_the_site_can_make_one_for_a_script(ada, clock, capsys):
    call_command("token", "Ada@waymark.example", "--scope", "read", "--scope", "people", "--days", "7")
    me = Program(capsys.readouterr().out.strip()).of("GET", "/me")
    assert (me["name"], me["scopes"], me["expires_at"]) == ("Ada Whitlock", ["people", "read"], "2026-11-17T09:00:00Z")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["nobody@waymark.example"], "Nobody here has the address nobody@waymark.example."),
        (["ada@waymark.example", "--scope", "all"], "invalid choice: 'all'"),
        (["ada@waymark.example", "--days", "0"], "a whole number from 1 to 365"),
        ([], "the following arguments are required: EMAIL"),
    ],
)
def test_the_command_makes_none_of_bad_arguments(ada, args, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)) as refused:
        call_command("token", *args)
    assert (refused.value.returncode, Token.objects.count()) == (2 if args[:1] == ["nobody@waymark.example"] else 1, 0)


def test_no_secret_is_kept_or_logged(ada, clock, client_of, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        secret = client_of(ada).post(PAGE, {"name": "x", "scopes": EVERY, "days": "30"}).context["secret"]
        Program(secret).ask("GET", "/me")
        Program(secret).ask("GET", "/nowhere")
        Program(secret + "x").ask("GET", "/me")
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t')
            assert not any(secret in row for (row,) in cursor.fetchall()), name
    assert secret not in caplog.text + "".join(capsys.readouterr())
    assert not any(secret.encode() in key for key in cache._cache.get_client().keys("*"))


@pytest.mark.parametrize("end", ["removed", "over", "deactivated"])
def test_it_opens_nothing_from_the_moment_it_ends(ada, clock, client_of, end):
    token, secret = make_token(person=ada, name="x", scopes=EVERY, days=30, at=NOW)
    program = Program(secret)
    assert program.ask("GET", "/me").status_code == 200
    if end == "removed":
        client_of(ada).post(f"{PAGE}{token.public_id}/remove/")
    elif end == "over":
        clock.shift(dt.timedelta(days=30))
    else:
        ada.is_active = False
        ada.save(update_fields=["is_active"])
    answer = program.ask("GET", "/me")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Waymark"')


def test_a_secret_of_another_purpose_opens_nothing_and_a_token_opens_nothing_else(ada, clock, client_of):
    feed = open_feed(by=ada, at=NOW)
    assert Program(feed).ask("GET", "/me").status_code == 401
    secret = make_token(person=ada, name="x", scopes=EVERY, days=30, at=NOW)[1]
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404
    assert Client().get("/today/", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 302
    assert client_of(ada).get("/api/v1/me").status_code == 401  # a cookie opens no API


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer x", "Bearer \u00fc", "Basic YTpi", "bearer  waymark_", "Bearer " + "x" * 9_000],
)
def test_whatever_else_is_sent_is_a_401_with_a_sentence(db, clock, header):
    answer = Client().get("/api/v1/me", HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["detail"].startswith("Send a token")


def test_a_token_of_another_is_not_removed(ada, mallory, clock, client_of):
    token, secret = make_token(person=ada, name="x", scopes=EVERY, days=30, at=NOW)
    assert client_of(mallory).post(f"{PAGE}{token.public_id}/remove/").status_code == 404
    assert Program(secret).ask("GET", "/me").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "x", "scopes": ["admin"], "days": "30"},
        {"name": "x", "scopes": ["read"], "days": "9999"},
    ],
)
def test_a_form_that_says_too_little_is_refused(ada, clock, client_of, body):
    assert client_of(ada).post(PAGE, body).status_code == 422
    assert Token.objects.count() == 0


def test_twenty_tokens_are_enough(ada, clock, client_of):
    for _ in range(20):
        make_token(person=ada, name="x", scopes=["read"], days=30, at=NOW)
    answer = client_of(ada).post(PAGE, {"name": "y", "scopes": ["read"], "days": "30"})
    assert (answer.status_code, "You have 20 tokens. Take one away first." in answer.text) == (422, True)


def test_more_than_the_rate_waits_and_says_how_long(ada, clock, program_of, settings):
    settings.WAYMARK_API_RATE = 3
    program = program_of(ada)
    left = [program.ask("GET", "/me").headers["RateLimit-Remaining"] for _ in range(3)]
    refused = program.ask("GET", "/me")
    assert (left, refused.status_code, refused.headers["Retry-After"]) == (["2", "1", "0"], 429, "60")
    assert json.loads(refused.content)["detail"] == "More than 3 requests within a minute. Wait 60 seconds."
    clock.shift(dt.timedelta(minutes=1))
    assert program.ask("GET", "/me").status_code == 200


def test_supervisors_and_curators_have_themselves_and_the_list(grace, cora, clock, program_of):
    for person in (grace, cora):
        program = program_of(person)
        assert program.of("GET", "/companies")["items"] == []
        assert program.of("GET", "/applications", status=403)["detail"] == "Only students have applications."
        assert program.of("POST", "/exports", status=202)["state"] == "waiting"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/me", 405), ("GET", "/", 404)]
)
def test_addresses_that_are_not_there_are_told_as_problems(ada, clock, program_of, method, path, status):
    answer = program_of(ada).ask(method, path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"[" * 100_000])
def test_a_body_that_is_none_is_told_as_such(ada, clock, program_of, body):
    program = program_of(ada)
    answer = program.client.generic(
        "POST", "/api/v1/applications", body, "application/json", HTTP_AUTHORIZATION=f"Bearer {program.secret}"
    )
    assert (answer.status_code in {400, 422}, answer.headers["Content-Type"]) == (True, "application/problem+json")
