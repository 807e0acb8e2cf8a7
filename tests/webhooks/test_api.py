"""Webhooks over the API, and no trace of them where whoever runs the site does not allow them."""

import json
import os
import subprocess
import sys

import pytest
from standardwebhooks import Webhook as Verifier

from accounts.actions import make_token
from accounts.models import Reply
from tests.api.conftest import Program
from tests.factories import ApplicationFactory
from tracker.lib import clock
from tracker.stack.home import ROOT
from webhooks.models import Webhook

pytestmark = pytest.mark.django_db


def program_of(person, *scopes):
    return Program(make_token(person=person, name="x", scopes=scopes, days=30, at=clock.now())[1])


@pytest.fixture
def program(ada):
    return program_of(ada, "webhooks")


def test_a_program_makes_one_reads_its_log_tells_again_and_deletes(ada, program, receiver, send, season):
    body = {"name": "Chat", "url": f"{receiver.origin}/ada", "events": ["application.added"]}
    made = program.of("POST", "/webhooks", body, 201, idempotency_key="once")
    assert (made["secret"][:6], Reply.objects.count()) == ("whsec_", 0), "a kept answer would hold the secret"
    assert "secret" not in program.of("GET", f"/webhooks/{made['id']}")
    ApplicationFactory(student=ada)
    assert send() == 2
    log = program.of("GET", f"/webhooks/{made['id']}/deliveries")["items"]
    assert [(one["type"], one["state"]) for one in log] == [("application.added", "sent"), ("ping", "sent")]
    again = program.of("POST", f"/deliveries/{log[0]['id']}/replay")
    assert (again["state"], send()) == ("due", 1)
    _, headers, content = receiver.arrived[2]
    assert [body for _, _, body in receiver.arrived].count(content) == 2
    Verifier(made["secret"]).verify(content, {name.lower(): value for name, value in headers.items()})
    program.of("DELETE", f"/webhooks/{made['id']}", status=204)
    assert program.of("GET", "/webhooks") == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "nowhere"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["x"]}, "events.0"),
        ({"name": " "}, "name"),
        ({"more": 1}, "more"),
    ],
)
def test_what_cannot_be_taken_names_its_field(program, receiver, wrong, field):
    body = {"name": "Chat", "url": receiver.origin, "events": ["round.added"], **wrong}
    told = program.of("POST", "/webhooks", body, 422)
    assert [one["field"].removeprefix("body.") for one in told["errors"]] == [field]
    assert Webhook.objects.count() == 0


def test_it_needs_a_scope_of_its_own_and_is_nobody_elses(ada, mallory, hook, season):
    ApplicationFactory(student=ada)
    delivery = hook.deliveries.get().public_id
    every = ("read", "write", "people", "data")
    assert program_of(ada, *every).ask("GET", "/webhooks").status_code == 403
    other = program_of(mallory, *every, "webhooks")
    asked = [("GET", f"/webhooks/{hook.public_id}"), ("DELETE", f"/webhooks/{hook.public_id}")]
    asked += [("GET", f"/webhooks/{hook.public_id}/deliveries"), ("POST", f"/deliveries/{delivery}/replay")]
    assert {other.ask(method, path).status_code for method, path in asked} == {404}
    assert other.of("GET", "/webhooks")["items"] == []


def test_the_description_tells_of_each_message(program, hook, ada, season, receiver, send):
    described = program.of("GET", "/openapi.json")
    shape = described["components"]["schemas"]["WebhookPayload"]
    making = described["paths"]["/api/v1/webhooks"]["post"]
    assert "Idempotency-Key" not in json.dumps(making)
    assert not [name for name in making if name.startswith("x-")]
    assert set(described["webhooks"]) == {*Webhook.objects.get().events, "ping"}
    ApplicationFactory(student=ada)
    send()
    assert set(shape["properties"]) == set(receiver.told[0])


OFF = """
import json, django
django.setup()
from django.test import Client
from django.urls import get_resolver
from api.forms import TokenForm
from api.site import api
from tests.test_authz import walk
from tracker.schedule import BEAT
schema = json.dumps(api.get_openapi_schema(), default=str)
found = [one for one in walk(get_resolver()) if "webhook" in one or "deliver" in one]
form = str(TokenForm()).lower()
print(json.dumps([found, schema.lower().count("webhook"), "webhook" in form, "send-webhooks" in BEAT]))
"""


def test_without_the_setting_there_is_no_trace_of_it(tmp_path):
    environment = {**os.environ, "WEBHOOKS": "0", "DJANGO_SETTINGS_MODULE": "tracker.settings", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", OFF]
    ran = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout.splitlines()[-1]) == [[], 1, False, False], "the one is in the list of scopes"
