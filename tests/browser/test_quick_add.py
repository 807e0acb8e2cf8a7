import re
import time

import pytest
from playwright.sync_api import expect

from applications.models import Application
from tests.factories import ApplicationFactory, CompanyFactory, PostingFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_ada_adds_an_application_by_keyboard_alone_in_under_ten_seconds(page, ada, season, sign_in):
    ApplicationFactory(student=ada)
    sign_in(page, ada).goto("/applications/board/")
    began = time.monotonic()
    page.keyboard.press("c")
    expect(page.get_by_label("Link or company")).to_be_focused()
    page.keyboard.type("Tidewater")
    page.keyboard.press("Tab")
    page.keyboard.type("Research Intern, Speech")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Added. Tidewater is in Interested.")
    assert time.monotonic() - began < 10
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator("#col-interested .tk")).to_have_count(2)
    assert Application.objects.get(student=ada, company__name="Tidewater").role == "Research Intern, Speech"


def test_the_dialog_asks_three_things(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    dialog = page.locator("#dialog")
    expect(dialog.get_by_role("textbox")).to_have_count(2)
    expect(dialog.get_by_role("group", name="Stage")).to_have_count(1)
    expect(dialog.get_by_role("radio", name="Interested")).to_be_checked()


def test_what_is_tracked_already_is_said_while_typing_and_does_not_block(page, ada, season, sign_in):
    company = CompanyFactory(name="Northlight Labs")
    PostingFactory(
        company=company,
        title="Graph Intern",
        url="https://jobs.lever.co/northlight/7",
        url_key="jobs.lever.co/northlight/7",
    )
    sign_in(page, ada).goto("/companies/")
    for words in ("Northlight Labs", "You already track Graph Intern here, Interested"):
        page.keyboard.press("c")
        page.get_by_label("Link or company").fill("https://jobs.lever.co/northlight/7/apply")
        expect(page.locator("#lookup")).to_contain_text(words)
        expect(page.get_by_label("Role")).to_have_value("Graph Intern")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator("#dialog")).to_be_hidden()
    assert Application.objects.filter(student=ada).count() == 2


def test_who_is_faster_than_the_lookup_is_told_once_and_adds_anyway(page, ada, season, sign_in):
    ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="Speech Intern")
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    page.get_by_label("Role").fill("Speech Intern")
    page.get_by_label("Link or company").fill("Tidewater")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add anyway")).to_be_focused()
    expect(page.locator("#lookup")).to_contain_text("You already track Speech Intern here")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).to_be_hidden()
    assert Application.objects.filter(student=ada).count() == 2


def test_ctrl_shift_enter_adds_and_keeps_the_form(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    for name in ("Tidewater", "Marram"):
        page.get_by_label("Link or company").fill(name)
        page.keyboard.press("Control+Shift+Enter")
        expect(page.locator(".toast")).to_contain_text(f"Added. {name} is in Interested.")
        expect(page.get_by_label("Link or company")).to_have_value("")
        expect(page.get_by_label("Link or company")).to_be_focused()
    assert Application.objects.filter(student=ada).count() == 2


def test_a_refusal_keeps_what_was_typed(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    page.get_by_label("Link or company").fill("javascript:alert(1)")
    page.get_by_label("Role").fill("Speech Intern")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    expect(page.get_by_label("Link or company")).to_have_value("javascript:alert(1)")
    expect(page.get_by_label("Role")).to_have_value("Speech Intern")
    page.get_by_role("link", name="Enter a link that starts with https://").click()
    expect(page.get_by_label("Link or company")).to_be_focused()


def test_without_javascript_add_is_a_page_that_leads_to_the_application(plain_page, ada, season, sign_in):
    sign_in(plain_page, ada).goto("/companies/")
    plain_page.get_by_role("link", name="Add", exact=False).first.click()
    plain_page.get_by_label("Link or company").fill("Tidewater")
    plain_page.get_by_label("Role").fill("Speech Intern")
    plain_page.get_by_role("button", name="Add", exact=True).click()
    expect(plain_page).to_have_url(re.compile(r"/applications/[2-9a-z]{12}/$"))
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("Speech Intern")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_and_in_the_dialog(open_page, ada, season, sign_in, axe, scheme):
    page = sign_in(open_page(color_scheme=scheme), ada)
    page.goto("/add/?text=Tidewater")
    assert axe(page) == []
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto("/companies/")
    page.keyboard.press("c")
    page.get_by_label("Link or company").fill("Tidewater")
    expect(page.locator("#lookup")).to_contain_text("already track")
    assert axe(page, "#dialog") == []
