"""Every operation asked many ways by three roles: no 5xx, nobody's marks, and each answer as the description says."""

import inspect
import logging
import os
import sys
from enum import Enum
from typing import get_args
from urllib.parse import urlsplit

import pytest
import schemathesis
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings
from pydantic import BaseModel
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
        # `instance` of a refusal repeats the address: whoever asks for the mark itself is shown it.
        shown = answer.content.decode(errors="replace").replace(urlsplit(answer.request.url).path, "")
        assert role == "owner" or PRIVATE not in shown
        transaction.set_rollback(True)


def shapes():
    """Return every shape that the description has."""
    modules = [module for name, module in sys.modules.items() if name.startswith("api.shapes.")]
    return {
        one
        for module in modules
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, BaseModel)
    }


def enums(annotation):
    if inspect.isclass(annotation) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from enums(part)


def spelled(described, components):
    """Yield the values of each enum in a description, wherever it is spelled out."""
    if isinstance(described, dict):
        if "$ref" in described:
            yield from spelled(components[described["$ref"].rpartition("/")[2]], components)
        if "enum" in described:
            yield set(described["enum"])
        for name in ("anyOf", "allOf", "items"):
            yield from spelled(described.get(name), components)
    for one in described if isinstance(described, list) else ():
        yield from spelled(one, components)


def test_each_enum_is_described_with_its_own_values():
    components, seen = api.get_openapi_schema()["components"]["schemas"], 0
    for shape in shapes():
        for name, field in shape.model_fields.items():
            described = components.get(shape.__name__, {}).get("properties", {}).get(name)
            if described and (own := list(enums(field.annotation))):
                found = list(spelled(described, components))
                assert found == [{one.value for one in kind} for kind in own], (shape.__name__, name)
                seen += 1
    assert seen > 15
