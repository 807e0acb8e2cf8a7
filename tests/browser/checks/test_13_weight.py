"""Check 13: a first visit weighs little and asks for few files. Text counts as gzip packs it, with the headers."""

import gzip
from urllib.parse import urlsplit

import pytest

from applications.models import Application
from tests.browser.checks.heavy import OPEN, ada_with

pytestmark = pytest.mark.django_db(transaction=True)

PACKED = ".woff2", ".png"


def size(answer):
    """Return what an answer weighs on its way: its headers, and its body as a server sends it."""
    headers, body = answer.request.sizes()["responseHeadersSize"], answer.body()
    return headers + len(body if urlsplit(answer.url).path.endswith(PACKED) else gzip.compress(body))


def test_a_first_visit_is_light(open_page, sign_in, live_server):
    ada = ada_with(120, OPEN)
    full = Application.objects.filter(student=ada, rounds__prep__isnull=False).first()
    paths = ("/today/", "/applications/board/", "/applications/", "/window/", "/companies/")
    weights = {}
    for path in (*paths, f"/applications/{full.public_id}/"):
        page, answers = sign_in(open_page(), ada), []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(path, wait_until="networkidle")
        assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(live_server.url).netloc}
        weights[path] = (len(answers), sum(size(answer) for answer in answers))
        if path == "/applications/board/":
            assert page.locator(".tk").count() >= 60
        if path == "/applications/":
            assert page.locator("tbody tr:not(#more)").count() == 50
        page.context.close()
    print(*(f"{path}: {files} files, {weight:,} bytes" for path, (files, weight) in weights.items()), sep="\n")
    assert {path: both for path, both in weights.items() if both[0] > 12 or both[1] > 150_000} == {}
