"""The page of the calendar feed in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/settings/calendar/"


def test_an_address_is_made_and_copied_with_two_presses(page, ada, sign_in, axe):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, ada).goto(PAGE)
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Address of your calendar").input_value()
    assert address.endswith(".ics")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator(".toast").first).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert axe(page) == []
    page.goto(PAGE)
    page.get_by_role("button", name="Remove the address").click()
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()


def test_without_scripts_it_works_and_offers_no_copying(plain_page, ada, sign_in):
    sign_in(plain_page, ada).goto(PAGE)
    plain_page.get_by_role("button", name="Make an address").click()
    expect(plain_page.get_by_label("Address of your calendar")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Copy")).to_be_hidden()
