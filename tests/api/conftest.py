"""Programs of the cast: a client with a token."""

import json

import pytest
from django.test import Client

from accounts.actions import make_token
from accounts.models import Scope
from tests.factories import NOW

EVERY = [scope.value for scope in Scope]


class Program:
    """Asks the API with a token; `of` gives the answer's JSON."""

    def __init__(self, secret):
        self.client, self.secret = Client(), secret

    def ask(self, method, path, body=None, **headers):
        told = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        if self.secret:
            told["HTTP_AUTHORIZATION"] = f"Bearer {self.secret}"
        return self.client.generic(method, f"/api/v1{path}", **sent, **told)

    def of(self, method, path, body=None, status=200, **headers):
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None


@pytest.fixture
def program_of():
    """Return a function that gives a program of somebody's, with every scope unless told otherwise."""

    def make(person, scopes=EVERY, days=90):
        return Program(make_token(person=person, name="test", scopes=scopes, days=days, at=NOW)[1])

    return make
