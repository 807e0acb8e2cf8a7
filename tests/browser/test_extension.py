"""The extension as it is shipped, in a browser that runs extensions: pressed on saved pages, it opens Add beside them.

It is pressed by the debugging interface (`Extensions.triggerAction`), which lets it read the page as a finger does; the
shortcut and the button in the toolbar are the browser's own.
"""

import datetime as dt
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from applications.models import Application
from tests.browser import chromium
from tests.browser.pages import saved_pages

pytestmark = pytest.mark.django_db(transaction=True)

EXTENSION = chromium.ROOT / "extension"
PAGES = {
    "graph.html": ("Tidewater AI", "Research Intern, Speech", "Zurich, CH", dt.date(2027, 1, 15)),
    "list.html": (
        "Kestrel Robotics GmbH", "Doctoral Research Internship (m/f/d)", "Munich, Bavaria · Graz · Remote",
        dt.date(2027, 2, 28),
    ),
    "broken.html": ("Northlight Labs", "PhD Research Internship 2027", "Edinburgh, United Kingdom", None),
}  # fmt: skip


@pytest.fixture
def browsing(playwright, browser_type_launch_args, tmp_path):
    """A browser of its own with the extension and nothing else."""
    program = chromium.whole()
    if program is None:
        pytest.skip(f"no Chromium with a place for extensions on this {sys.platform} machine")
    args = [
        *browser_type_launch_args["args"],
        f"--disable-extensions-except={EXTENSION}",
        f"--load-extension={EXTENSION}",
        "--enable-unsafe-extension-debugging",
    ]
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=program, args=args, locale="en-GB"
    )
    yield context
    context.close()


@pytest.fixture
def options(browsing):
    """The page that asks for the address, which opens when the extension is installed."""
    (page,) = browsing.pages
    page.wait_for_url("chrome-extension://*/options.html")
    return page


@pytest.fixture
def press(browsing, options):
    """Return a function that presses the button on a page, and gives the page that it opens."""
    browser, extension = browsing.browser.new_browser_cdp_session(), urlsplit(options.url).netloc

    def press(page):
        page.bring_to_front()
        tabs = browser.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        (tab,) = [tab["targetId"] for tab in tabs if tab["url"] == page.url]
        with browsing.expect_page() as opened:
            browser.send("Extensions.triggerAction", {"id": extension, "targetId": tab})
        opened.value.wait_for_load_state()
        return opened.value

    return press


@pytest.fixture
def at_home(options, live_server):
    """Enter the address of the site under test, as a person does."""
    options.get_by_label("Address of your Waymark").fill(f"{live_server.url}/applications/")
    options.get_by_role("button", name="Save").click()
    expect(options.get_by_role("status")).to_have_text("Saved.")


@pytest.mark.parametrize("name", PAGES)
def test_a_press_on_a_posting_adds_it_once_it_is_confirmed(browsing, at_home, press, sign_in, ada, season, name):
    company, role, place, closes_on = PAGES[name]
    with saved_pages() as site:
        page = sign_in(browsing.new_page(), ada)
        page.goto(f"{site}/{name}")
        form = press(page)
        assert Application.objects.count() == 0
        expect(form.get_by_label("Link or company")).to_have_value(f"{site}/{name} {company}")
        form.get_by_role("button", name="Add", exact=True).click()
        expect(form.locator(".toast")).to_contain_text(f"Added. {company} is in Interested.")
    added = Application.objects.get(student=ada)
    assert (added.company.name, added.role, added.place, added.closes_on) == (company, role, place, closes_on)


def test_before_an_address_is_entered_a_press_asks_for_it(browsing, press, options):
    options.close()
    with saved_pages() as site:
        page = browsing.new_page()
        page.goto(f"{site}/graph.html")
        assert press(page).url.endswith("/options.html")


def test_a_page_that_lets_nobody_read_it_opens_the_empty_form(
    browsing, at_home, press, sign_in, ada, season, live_server
):
    page = sign_in(browsing.new_page(), ada)
    page.goto("chrome://version/")
    assert press(page).url.removeprefix(live_server.url) == "/add/?"


@pytest.mark.parametrize("typed", ["", "http://waymark.example", "javascript:alert(1)", "not an address"])
def test_an_address_that_anybody_on_the_way_could_read_is_refused(options, typed):
    options.get_by_label("Address of your Waymark").fill(typed)
    options.get_by_role("button", name="Save").click()
    expect(options.get_by_role("status")).to_have_text("Enter an address that starts with https://")
    expect(options.get_by_label("Address of your Waymark")).to_have_attribute("aria-invalid", "true")


def test_the_page_of_options_has_no_barriers(options, axe):
    assert axe(options) == []
