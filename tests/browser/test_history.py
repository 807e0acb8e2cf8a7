"""Changes of one application and their way back in a browser, with JavaScript and without (checks 3 and 7)."""

import json
import re

import pytest

from applications.models import Event
from applications.queries.rows import rows_of
from tests.factories import ApplicationFactory, CompanyFactory
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application(transactional_db):
    from tests.factories import UserFactory

    ada = UserFactory(email="ada@waymark.example", name="Ada Whitlock")
    made = ApplicationFactory(
        student=ada, company=CompanyFactory(name="Northlight Labs"), role="Graph Learning", stage="interviewing",
        stage_since=clock.today(ada), applied_on=clock.today(ada),
    )  # fmt: skip
    Event.objects.create(application=made, kind="note", text="Met Priya", on=clock.today(ada), by=ada)
    return made


def export(application):
    rows = rows_of(application.student, [application.pk], desk=True)
    return {
        key: {k: v for k, v in json.loads(row).items() if k not in {"version", "revision"}} for key, row in rows.items()
    }


def take_back(page):
    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="Undone.").wait_for()


def address(application):
    return f"/applications/{application.public_id}/"


def move(page, application):
    page.goto(f"{address(application)}stage/")
    page.get_by_role("button", name="Offer").click()


def close(page, application):
    page.goto(f"{address(application)}close/")
    page.get_by_label("Not this time").check()
    page.get_by_role("button", name="Close application").click()


def log(page, application):
    page.goto(address(application))
    page.get_by_placeholder("What happened?").fill("A short call")
    page.get_by_role("button", name="Call").click()


def delete_entry(page, application):
    page.goto(address(application))
    page.get_by_role("link", name=re.compile("^Edit Note")).click()
    page.get_by_role("button", name="Delete").click()


def add_earlier(page, application):
    page.goto(address(application))
    page.get_by_role("link", name="Earlier stage").click()
    page.get_by_label("Stage").select_option("Applied")
    page.get_by_label("Since").fill("2026-01-09")
    page.get_by_role("button", name="Add stage").click()


@pytest.mark.parametrize("change", [move, close, log, delete_entry, add_earlier])
@pytest.mark.parametrize("scripts", [True, False], ids=["js", "plain"])
def test_each_change_is_offered_back_and_undo_restores_every_row(request, sign_in, application, change, scripts):
    page = request.getfixturevalue("page" if scripts else "plain_page")
    before = export(application)
    sign_in(page, application.student)
    change(page, application)
    page.locator(".toast").get_by_role("button", name="Undo").wait_for()
    assert export(application) != before
    take_back(page)
    assert export(application) == before
