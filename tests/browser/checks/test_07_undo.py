"""Check 7: Undo after done, bulk and delete puts every row back; move, close and entries are in ../test_history.py.

Compared is an export of all rows of the student before and after, apart from the counters of versions.
"""

import json
import re

import pytest

from applications.models import Application
from applications.queries.rows import rows_of

pytestmark = pytest.mark.django_db(transaction=True)

COUNTERS = {"version", "revision"}


def export(student):
    rows = rows_of(student, list(Application.objects.filter(student=student).values_list("pk", flat=True)), desk=True)
    return {key: {k: v for k, v in json.loads(row).items() if k not in COUNTERS} for key, row in rows.items()}


def step_done(page, one):
    page.goto("/today/")
    page.get_by_role("button", name=re.compile("^Mark done: ")).first.click()


def delete(page, one):
    page.goto(f"/applications/{one.public_id}/delete/")
    page.get_by_role("main").get_by_role("button", name="Delete", exact=True).click()


def bulk_move(page, one):
    page.goto("/applications/")
    for box in page.get_by_label(re.compile("^Tick (?!all)")).all()[:5]:
        box.check()
    page.locator("#bulk").get_by_role("button", name="Move").click()
    page.locator("#bulk-move").get_by_role("button", name="Offer").click()


def bulk_close(page, one):
    page.goto("/applications/?stage=applied")
    for box in page.get_by_label(re.compile("^Tick (?!all)")).all()[:3]:
        box.check()
    page.locator("#bulk").get_by_role("button", name="Close as no reply").click()


def plan_step(page, one):
    page.goto("/window/")
    page.get_by_role("button", name=re.compile("^Tick off: ")).first.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["js", "plain"])
def test_undo_puts_every_row_back(demo, request, sign_in, person, scripts):
    ada = person("ada")
    page = sign_in(request.getfixturevalue("page" if scripts else "plain_page"), ada)
    one = Application.objects.filter(student=ada, stage="interviewing").order_by("pk").first()
    for change in (step_done, bulk_move, bulk_close, plan_step, delete):
        before = export(ada)
        change(page, one)
        button = page.locator(".toast").get_by_role("button", name="Undo").last
        button.wait_for()
        assert export(ada) != before, change.__name__
        button.click()
        page.locator(".toast", has_text="Undone").last.wait_for()
        assert export(ada) == before, change.__name__
