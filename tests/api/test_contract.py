"""Every operation asked many ways by three roles: no 5xx, nobody's marks, and each answer as the description says."""

import logging
import os

import pytest
import schemathesis
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.actions import make_token
from accounts.models import Scope
from api.site import api
from tests.authz_world import PRIVATE
from tests.factories import NOW

HANDLER = ClientHandler()

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def site(environ, start_response):
    """Answer as the site does, but leave the connection of the test alone."""
    response = HANDLER(environ)
    content = b"".join(response)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [content]


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = site


@pytest.fixture(scope="module")
def secrets(world):
    """Secrets of a student's program, of a supervisor's and of a curator's."""
    scopes = [scope.value for scope in Scope]
    return {
        role: make_token(person=world.people[role], name="x", scopes=scopes, days=90, at=NOW)[1]
        for role in ("owner", "details", "curator")
    }


@pytest.mark.parametrize("role", ["owner", "details", "curator"])
@schema.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_an_operation_answers_as_it_says(case, role, secrets, world):
    logging.disable()
    cache.clear()
    with transaction.atomic(), override_settings(WAYMARK_API_RATE=10**9):
        answer = case.call(headers={"Authorization": f"Bearer {secrets[role]}"})
        case.validate_response(answer, checks=CHECKS)
        assert role == "owner" or PRIVATE not in answer.text
        transaction.set_rollback(True)
