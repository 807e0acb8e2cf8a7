"""Every form of a student's pages meets odd input in one field after the other: never an answer of 5xx.

test_bad_input.py sends more of it to the forms of an application, and looks at what is shown and kept.
"""

from urllib.parse import urljoin

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.crawl import kind_of, pages_of
from tests.html_forms import Reader

ODD = {
    "NUL": ["a\0b"],
    "much": ["é" * 1_000_000],
    "half a character": ["\ud800".encode("utf-8", "surrogatepass")],
    "from right to left": ["\u200f\u202e😀" * 50],
    "no number": ["NaN"],
    "infinite": ["-Infinity"],
    "huge": ["9" * 40],
    "first day": ["0001-01-01"],
    "last day": ["9999-12-31"],
    "of another alphabet": ["٣"],
    "repeated": ["1", "2026-11-10", "x"] * 100,
    "missing": [],
}
EACH = 5


def forms_of(person):
    """Yield every form of our own that can be reached, once, with where it is sent to."""
    seen = set()
    for address, html in pages_of(person).items():
        for form in Reader(html, address).forms:
            to = urljoin(address, form.action)
            kind = kind_of(to), *sorted({one.name for one in form.fields})
            if kind not in seen and kind[0].startswith("applications:"):
                seen.add(kind)
                yield to, form


def odd_forms(form, number):
    """Yield what a form is sent with as it stands, but for one field: some of the odd input, the next form the rest."""
    good = form.hidden() | form.chosen() | {one.name: [one.value] for one in form.typed}
    names = sorted({one.name for one in form.fields} - {"csrfmiddlewaretoken"}) or ["x"]
    odd = list(ODD)
    for turn in range(number * EACH, (number + 1) * EACH):
        name, what = names[turn % len(names)], odd[turn % len(odd)]
        yield name, what, {**good, name: ODD[what]}


def test_no_input_in_any_form_breaks_anything(demo):
    ada = User.objects.get(email="ada@waymark.example")
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    broken = []
    for number, (to, form) in enumerate(forms_of(ada)):
        for name, what, sent in odd_forms(form, number):
            cache.clear()
            with transaction.atomic():
                answer = client.post(to, sent, headers={"HX-Request": "true"} if number % 2 else {})
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                broken.append((to, name, what))
    assert broken == []
