"""Checks 15 and 16: every form that somebody of the demo reaches, sent empty and with far too much.

It is accepted, or it is refused in one way: 422, "There is a problem" first and with the focus, a link to each field
with the words that stand there, everything typed still there, and no banned word in the answer. The links are followed
in a browser in browser/checks/test_15_refused_forms.py.
"""

import re
from urllib.parse import urljoin

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.crawl import kind_of, pages_of
from tests.html_forms import Form, Reader
from tests.words import banned

MUCH = "x" * 10_001
SILENT = {"password", "file"}
"""What a browser never gets back."""
ENTRANCE = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
TAKEN_EMPTY = (302, 204, 200)


def sent_by(form: Form, *, much: bool) -> dict[str, list[str]]:
    """Return what a person sends who leaves every field empty, or who types far too much into every one."""
    typed: dict[str, list[str]] = {}
    for one in form.typed:
        typed.setdefault(one.name, []).append(MUCH if much else "")
    return form.hidden() | (form.chosen() if much else {}) | typed


def kept(form: Form, sent: dict[str, list[str]]) -> list[str]:
    """Return the typed fields of the answered form that have lost what was sent."""
    return [one.name for one in form.typed if one.type not in SILENT and [one.value.lstrip("\n")] != sent.get(one.name)]


def wrong_with(answer, sent: dict[str, list[str]]) -> list[str]:
    """Return what is not as it must be in a refusal."""
    page = Reader(answer.content.decode(), answer.request["PATH_INFO"])
    found = []
    if not page.title.startswith("Error: "):
        found.append(f"title: {page.title}")
    if not ("There is a problem" in page.summary and page.focused):
        found.append(f"summary: {page.summary!r}")
    fields = {one.attrs.get("id"): one for form in page.forms for one in form.fields}
    for href, text in page.links:
        target = href.removeprefix("#")
        if target not in page.ids:
            found.append(f"{href} leads nowhere")
        elif (one := fields.get(target)) and one.attrs.get("aria-invalid") != "true":
            found.append(f"{href} is not marked")
        elif one:
            said = " ".join(page.texts.get(i, "") for i in one.attrs.get("aria-describedby", "").split())
            if " ".join(text.split()) not in " ".join(said.split()):
                found.append(f"{href} says {said!r}, the summary {text!r}")
    for one in fields.values():
        found += [f"{one.name} is described by {i}" for i in one.attrs.get("aria-describedby", "").split()
                  if i not in page.ids]  # fmt: skip
    forms = [form for form in page.forms if set(sent) & {one.name for one in form.typed}]
    same = [form for form in forms if {one.name for one in form.typed} <= set(sent)]
    return found + [f"lost: {kept(form, sent)}" for form in same[:1] if kept(form, sent)]


def refusals(client: Client, pages: dict[str, str], *, much: bool):
    """Send every form once, undo what it did, and yield (address, answer, what was sent)."""
    seen = set()
    for address, html in pages.items():
        for form in Reader(html, address).forms:
            to = urljoin(address, form.action)
            kind = (kind_of(to), tuple(sorted({re.sub(r"^[a-z0-9]{12}-", "", one.name) for one in form.fields})))
            if kind in seen or not form.typed:
                continue
            seen.add(kind)
            sent = sent_by(form, much=much)
            cache.clear()
            with transaction.atomic():
                answer = client.post(to, sent)
                transaction.set_rollback(True)
            yield to, answer, sent


def look(client: Client, pages: dict[str, str], *, much: bool) -> list[str]:
    found = []
    for to, answer, sent in refusals(client, pages, much=much):
        found += [f"{to} says: {words}" for words in banned(answer.text)]
        if answer.status_code == 422:
            found += [f"{to}: {line}" for line in wrong_with(answer, sent)]
        elif answer.status_code not in {302, 204} or much:
            found.append(f"{to}: {answer.status_code} for {sorted(sent)}")
    return found


@pytest.mark.parametrize("much", [False, True], ids=["empty", "over-long"])
@pytest.mark.parametrize("name", ["ada", "new", "grace", "sam", "cora"])
def test_every_form_is_refused_in_one_way(demo, name, much):
    person = User.objects.get(email=f"{name}@waymark.example")
    client = Client()
    client.force_login(person)
    found = look(client, pages_of(person, "/companies/" if name == "cora" else "/"), much=much)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("much", [False, True], ids=["empty", "over-long"])
def test_the_entrance_refuses_in_the_same_way(demo, client, much):
    pages = {path: client.get(path).content.decode() for path in ENTRANCE}
    found = look(client, pages, much=much)
    assert found == [], "\n".join(found)
