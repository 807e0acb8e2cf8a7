"""Every line of the talk that a student should meet is on the page of the demo that docs/talk.md names."""

import html
import re

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from applications.models import Application, InterviewRound, Placement
from tests.demo_copies import load_demo
from tests.factories import NOW
from tracker.stack.home import ROOT

ROW = re.compile(
    r"^\|(?P<line>[^|]*)\| \[(?P<page>[^|]+)\]\((?P<picture>[^|)]+)\) \| (?P<words>[^|]+) \|$", re.MULTILINE
)
PAGES = {
    "Window": "/window/",
    "Today": "/today/",
    "Postings": "/postings/",
    "Guide": "/help/guide/",
    "Filter": "/applications/filter/",
    "Offers": "/offers/",
}


def rows():
    """The rows of the table, each as (page, words)."""
    return [(row["page"], row["words"].strip()) for row in ROW.finditer((ROOT / "docs/talk.md").read_text())]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, clock):
    """Give the demo of Tuesday 10 November 2026, on that day, to Ada."""
    client = Client()
    client.force_login(User.objects.get(email="ada@waymark.example"))
    return client


def path_of(page):
    mine = InterviewRound.objects.filter(application__student__email="ada@waymark.example").order_by("pk")
    if page == "Placement":
        placement = Placement.objects.get(application__student__email="ada@waymark.example")
        return f"/applications/{placement.application.public_id}/placement/"
    if page == "Round":
        return f"/rounds/{mine.get(kind='research', status='scheduled', on__isnull=False).public_id}/"
    if page in {"Coding round", "Fundamentals round"}:
        kind = page.partition(" ")[0].lower()
        return f"/rounds/{mine.filter(kind=kind, prep__isnull=False).first().public_id}/"
    if page == "Debrief":
        return f"/rounds/{mine.filter(kind='coding', debrief__isnull=False).first().public_id}/debrief/"
    ada = Application.objects.filter(student__email="ada@waymark.example").exclude(stage="closed")
    named = ada.filter(role=page).first() or ada.filter(company__name=page).order_by("pk").first()
    return PAGES.get(page) or f"/applications/{named.public_id}/"


@pytest.mark.parametrize(("where", "words"), rows())
def test_a_line_of_the_talk_is_on_its_page(demo, where, words):
    answer = demo.get(path_of(where))
    main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    seen = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())
    assert words in seen


def test_the_table_has_every_line():
    assert len(rows()) == 32


def test_each_page_has_its_picture():
    pictures = {row["picture"] for row in ROW.finditer((ROOT / "docs/talk.md").read_text())}
    assert {name for name in pictures if not (ROOT / "docs" / name).is_file()} == set()
