import pytest
from playwright.sync_api import expect

from tests.browser.looking import sideways, too_small

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("/help/", "/help/guide/", "/help/shortcuts/")


def test_help_can_be_read_by_everybody_also_at_320_pixels(open_page, axe):
    page = open_page(color_scheme="dark", width=320, height=640)
    for path in PAGES:
        page.goto(path)
        assert (path, axe(page), sideways(page), too_small(page)) == (path, [], [], [])


def test_on_paper_only_the_text_is_left(page):
    page.goto("/help/guide/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="When to apply")).to_be_visible()
    for gone in ("header.top", "footer.foot", ".toc"):
        expect(page.locator(gone)).to_be_hidden()


def test_help_is_found_in_the_footer_and_in_the_account_menu(page, ada, season, sign_in):
    sign_in(page, ada).goto("/today/")
    expect(page.locator("footer").get_by_role("link", name="Help")).to_be_visible()
    page.get_by_role("button", name="Account menu for Ada Whitlock").click()
    page.locator("#account").get_by_role("link", name="Help").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")


def test_the_text_of_the_bookmark_does_what_it_says_on_another_page(page, ada, season, sign_in):
    sign_in(page, ada).goto("/help/")
    script = page.get_by_label("Text of the bookmark").input_value()
    page.goto("/companies/")
    page.evaluate("window.open = (address, where) => { window.opened = [address, where]; }")
    page.evaluate(script.removeprefix("javascript:"))
    address, where = page.evaluate("window.opened")
    assert (where, "/add/?url=http%3A%2F%2Flocalhost" in address, "&title=Companies" in address) == (
        "_blank",
        True,
        True,
    )
