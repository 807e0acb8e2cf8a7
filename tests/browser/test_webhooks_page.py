"""The pages of webhooks in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import nameless_scrolling, sideways, too_small
from tests.factories import ApplicationFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/settings/webhooks/"


@pytest.fixture(autouse=True)
def _named(settings):
    settings.WEBHOOKS_INSIDE = ["http://127.0.0.1:9"]


def test_one_is_made_and_its_secret_copied_by_keyboard(page, ada, sign_in, axe):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, ada).goto(PAGE)
    page.get_by_label("What it is for").fill("Chat")
    page.get_by_label("Address").fill("http://127.0.0.1:9/a")
    page.keyboard.press("Enter")
    secret = page.get_by_label("Secret of this webhook").input_value()
    expect(page.get_by_label("Secret of this webhook")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".toast").first).to_contain_text("Copied.")
    assert (page.evaluate("navigator.clipboard.readText()"), secret[:6]) == (secret, "whsec_")
    assert axe(page) == []


def test_every_page_of_it_fits_the_smallest_phone(page, ada, season, sign_in, axe):
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, ada).goto(PAGE)
    page.get_by_label("What it is for").fill("Chat " * 16)
    page.get_by_label("Address").fill("http://127.0.0.1:9/" + "a" * 300)
    page.get_by_role("button", name="Make a webhook").click()
    expect(page.get_by_label("Secret of this webhook")).to_be_visible()
    ApplicationFactory(student=ada)
    for name in ("Webhooks", "Chat", "An application is added", "Chat", "Delete"):
        page.get_by_role("link", name=name).last.click()
        page.wait_for_load_state()
        assert (sideways(page), nameless_scrolling(page), too_small(page), axe(page)) == ([], [], [], [])


def test_without_scripts_it_works_and_offers_no_copying(plain_page, ada, sign_in):
    sign_in(plain_page, ada).goto(PAGE)
    plain_page.get_by_label("What it is for").fill("Chat")
    plain_page.get_by_label("Address").fill("http://127.0.0.1:9/a")
    plain_page.get_by_role("button", name="Make a webhook").click()
    expect(plain_page.get_by_label("Secret of this webhook")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Copy")).to_be_hidden()
    plain_page.get_by_role("button", name="Pause").click()
    expect(plain_page.get_by_text("is told nothing until you resume it")).to_be_visible()
    plain_page.get_by_role("button", name="Resume").click()
    plain_page.get_by_role("link", name="Delete").click()
    plain_page.get_by_role("button", name="Delete").click()
    expect(plain_page.get_by_text("“Chat” is deleted.")).to_be_visible()
