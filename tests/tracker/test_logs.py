"""What a line of the log may not hold."""

import json
import logging

import pytest
import structlog

from tracker import logs


def written(record):
    formatter = structlog.stdlib.ProcessorFormatter(**{k: v for k, v in logs._line(plain=False).items() if k != "()"})
    return json.loads(formatter.format(record))["event"]


def line(message):
    return written(logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, None, None))


@pytest.mark.parametrize(
    "path",
    ["/supervision/invitations/", "/accounts/password/reset/key/", "/accounts/confirm-email/", "/e/", "/calendar/"],
)
def test_the_secret_of_an_address_is_not_logged(path):
    assert line(f"Not Found: {path}s3cr3t-T0ken:x/") == f"Not Found: {path}.../"


@pytest.mark.parametrize("path", ["/supervision/", "/applications/abc/edit/", "/accounts/password/reset/"])
def test_other_addresses_are_logged_whole(path):
    assert line(f"Not Found: {path}") == f"Not Found: {path}"


def test_a_dead_invitation_leaves_no_secret_in_the_log(client, db, caplog):
    client.get(f"/supervision/invitations/{'a1' * 32}/")
    assert [written(record) for record in caplog.records] == ["Not Found: /supervision/invitations/.../"]


def test_a_dead_calendar_leaves_no_secret_in_the_log(client, db, caplog):
    client.get(f"/calendar/{'a1' * 21}.ics")
    client.post(f"/calendar/{'a1' * 21}.ics")
    said = [written(record) for record in caplog.records]
    assert said == ["Not Found: /calendar/...", "Method Not Allowed (POST): /calendar/..."]
