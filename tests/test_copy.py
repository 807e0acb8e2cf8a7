"""Check 16: no page that anybody reaches holds a banned word, nor "Sorry".

Templates, those of letters included, are read as they are written in test_architecture.py, letters as they are sent in
reminders/test_letters.py, and the answers to every form in test_refused_forms.py; this reads what people are shown.
"""

import pytest

from accounts.models import User
from tests.crawl import pages_of
from tests.test_refused_forms import ENTRANCE
from tests.words import banned


@pytest.mark.parametrize("name", ["ada", "new", "grace", "sam", "cora"])
def test_no_page_holds_a_banned_word(demo, name):
    pages = pages_of(User.objects.get(email=f"{name}@waymark.example"), "/companies/" if name == "cora" else "/")
    assert {path: banned(html) for path, html in pages.items() if banned(html)} == {}


def test_the_entrance_and_pages_that_are_not_there_hold_none(client, db):
    pages = {path: client.get(path).text for path in [*ENTRANCE, "/nowhere/", "/add/?q=\0"]}
    assert {path: banned(html) for path, html in pages.items() if banned(html)} == {}
