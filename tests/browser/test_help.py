import pytest
from playwright.sync_api import expect

from tests.browser.looking import sideways, too_small
from tests.browser.pages import saved_pages

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("/help/", "/help/capture/", "/help/guide/", "/help/shortcuts/")


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


@pytest.fixture
def posting(new_context):
    """A page of another site, which is not watched: what happens there is none of ours."""
    with saved_pages() as site:
        page = new_context().new_page()
        page.goto(f"{site}/graph.html")
        yield page


def run(script, page):
    """Press the bookmark, and return the address that it opens."""
    page.evaluate("window.open = (...asked) => { window.asked = asked; }")
    page.evaluate(script.removeprefix("javascript:"))
    return page.evaluate("window.asked")


def test_the_bookmark_opens_add_with_what_the_page_says(page, posting, ada, season, sign_in):
    sign_in(page, ada).goto("/help/capture/")
    script = page.get_by_label("Text of the bookmark").input_value()
    address, *how = run(script, posting)
    assert how == ["_blank", "noopener"]
    assert posting.evaluate("[typeof capture, document.title]") == [
        "undefined",
        "Research Intern, Speech | Tidewater Careers",
    ]
    page.goto(f"/add/{address.partition('/add/')[2]}")
    expect(page.get_by_label("Link or company")).to_have_value(f"{posting.url} Tidewater AI")
    expect(page.get_by_label("Role")).to_have_value("Research Intern, Speech")
    expect(page.get_by_label("Place")).to_have_value("Zurich, CH")
    expect(page.get_by_label("Closing day")).to_have_value("2027-01-15")


def test_what_is_selected_comes_along_and_no_page_is_too_long(page, posting, ada, season, sign_in):
    sign_in(page, ada).goto("/help/capture/")
    script = page.get_by_label("Text of the bookmark").input_value()
    posting.evaluate(
        """() => {
            const about = document.getElementById("about");
            about.textContent = "\u00e9\ud83c\udf0a ".repeat(50_000) + "\ud800";
            getSelection().selectAllChildren(about);
            document.title = "Title ".repeat(10_000);
        }"""
    )
    address, *_ = run(script, posting)
    assert 5_000 < len(address) <= 7_500
    answer = page.goto(f"/add/{address.partition('/add/')[2]}")
    assert answer.status == 200
    expect(page.get_by_text("is kept as the text of the posting")).to_be_visible()


def test_the_bookmark_can_be_dragged_and_a_press_here_says_so(page, ada, season, sign_in):
    sign_in(page, ada).goto("/help/capture/")
    link = page.locator("[data-bookmark]")
    assert link.get_attribute("href") == page.get_by_label("Text of the bookmark").input_value()
    assert page.evaluate("document.querySelector('[data-bookmark]').draggable")
    link.click()
    expect(page.locator(".toast")).to_contain_text("Drag it to the bookmarks bar")
