"""Check 16: no page that anybody reaches, and no answer to a form, holds a banned word, nor "Sorry".

Templates, those of letters included, are read as they are written in test_architecture.py, letters as they are sent in
reminders/test_letters.py; this reads what people are shown.
"""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.crawl import crawl
from tests.test_refused_forms import ENTRANCE, refusals
from tests.words import words

BANNED = re.compile(r"\b(invalid|oops|please|successfully|failed|rejected|ghosted|sorry)\b|!", re.IGNORECASE)


def shown(html: str) -> list[str]:
    """Return the banned words of a page, each with what stands around it."""
    text = words(html)
    return [text[max(found.start() - 40, 0) : found.end() + 40] for found in BANNED.finditer(text)]


@pytest.mark.parametrize("name", ["ada", "new", "grace", "sam", "cora"])
def test_no_page_and_no_refusal_holds_a_banned_word(demo, name):
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@waymark.example"))
    pages = crawl(client, "/companies/" if name == "cora" else "/")
    told = {path: shown(html) for path, html in pages.items()}
    for much in (False, True):
        told |= {f"POST {to}": shown(answer.text) for to, answer, _ in refusals(client, pages, much=much)}
    assert {path: found for path, found in told.items() if found} == {}


def test_the_entrance_and_pages_that_are_not_there_hold_none(demo, client):
    pages = {path: client.get(path).text for path in [*ENTRANCE, "/nowhere/", "/add/?q=\0"]}
    told = {path: shown(html) for path, html in pages.items()}
    told |= {f"POST {to}": shown(answer.text) for to, answer, _ in refusals(client, pages, much=False)}
    assert {path: found for path, found in told.items() if found} == {}
