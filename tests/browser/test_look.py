"""The frame in a real browser: weight, stillness, themes, menu, shortcuts, dialogs. Pages have tests of their own."""

import time

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import CompanyFactory

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({type: "layout-shift", buffered: true});
"""
BODY_COLOUR = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(250, 248, 244)", "rgb(17, 20, 27)"


@pytest.fixture
def companies_page(page, sign_in, ada):
    for name in ("Tidewater", "Alder & Finch", "Northlight Labs"):
        CompanyFactory(name=name, slug=name.split()[0].lower())
    sign_in(page, ada)
    return page


@pytest.mark.parametrize("width", [1360, 390])
def test_nothing_moves_when_the_fonts_come_late(open_page, sign_in, ada, width):
    CompanyFactory()
    page = sign_in(open_page(width=width), ada)
    page.route("**/*.woff2", lambda route: (time.sleep(0.5), route.continue_()))
    page.add_init_script(SHIFTS)
    page.goto(reverse("companies:list"), wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("window.shifts.reduce((sum, shift) => sum + shift, 0)") < 0.01


@pytest.mark.parametrize(
    ("scheme", "chosen", "colour"),
    [("light", "system", LIGHT), ("dark", "system", DARK), ("light", "dark", DARK), ("dark", "light", LIGHT)],
)
def test_a_chosen_theme_wins_over_the_device(open_page, sign_in, ada, scheme, chosen, colour):
    ada.theme = chosen
    ada.save(update_fields=["theme"])
    page = sign_in(open_page(color_scheme=scheme), ada)
    page.goto(reverse("companies:list"))
    assert page.evaluate(BODY_COLOUR) == colour


def test_before_signing_in_the_cookie_says_the_theme(open_page, live_server):
    page = open_page(color_scheme="light")
    page.context.add_cookies([{"name": "theme", "value": "dark", "url": live_server.url}])
    page.goto("/accounts/login/")
    assert page.evaluate(BODY_COLOUR) == DARK


def test_the_first_tab_leads_past_the_header(companies_page):
    companies_page.goto(reverse("companies:list"))
    companies_page.keyboard.press("Tab")
    companies_page.keyboard.press("Enter")
    expect(companies_page.locator("#main")).to_be_focused()


def test_the_account_menu_opens_by_keys_and_shuts_by_escape(companies_page, axe):
    companies_page.goto(reverse("companies:list"))
    companies_page.get_by_role("button", name="Account menu for Ada Whitlock").press("Enter")
    menu = companies_page.locator("#account")
    expect(menu).to_be_visible()
    assert axe(companies_page) == []
    companies_page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(companies_page.locator(".avatar")).to_be_focused()


def test_on_a_phone_everything_is_in_the_bar_or_behind_more(phone, sign_in, ada):
    sign_in(phone, ada).goto(reverse("companies:list"))
    bar = phone.get_by_role("navigation", name="Main, at the bottom")
    assert bar.get_by_role("link").all_inner_texts() == ["Today", "Applications", "Add", "Window"]
    bar.get_by_role("button", name="More").tap()
    expect(phone.locator("#account").get_by_role("link", name="Companies")).to_be_visible()


def test_a_question_mark_lists_the_shortcuts_and_escape_goes_back(companies_page, axe):
    companies_page.goto(reverse("companies:list"))
    companies_page.keyboard.press("?")
    listed = companies_page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(listed).to_be_visible()
    assert axe(companies_page, "#shortcuts") == []
    companies_page.keyboard.press("Escape")
    expect(listed).to_be_hidden()


def test_single_keys_are_silent_in_fields_and_with_modifiers(companies_page):
    companies_page.goto(reverse("companies:list"))
    companies_page.keyboard.press("/")
    assert companies_page.evaluate("document.activeElement.name") == "q"
    companies_page.keyboard.type("?gc")
    assert companies_page.evaluate("document.activeElement.value") == "?gc"
    companies_page.locator("main").press("Control+Shift+?")
    assert companies_page.locator("dialog[open]").count() == 0


def test_single_keys_can_be_switched_off(companies_page, ada):
    ada.shortcuts = False
    ada.save(update_fields=["shortcuts"])
    companies_page.goto(reverse("companies:list"))
    companies_page.keyboard.press("?")
    companies_page.keyboard.press("c")
    assert companies_page.locator("dialog[open]").count() == 0


def test_g_then_a_letter_goes_to_a_page(companies_page):
    companies_page.goto("/settings/appearance/")
    companies_page.keyboard.press("g")
    companies_page.keyboard.press("c")
    companies_page.wait_for_url("**" + reverse("companies:list"))


def test_a_refused_form_puts_the_focus_on_its_summary_and_links_into_its_fields(page, db):
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Error: Sign in \N{EN DASH} Waymark")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter the password").click()
    expect(page.locator("#id_password")).to_be_focused()


def test_pages_before_signing_in_are_open_to_all_on_a_phone(open_page, db, axe):
    page = open_page(width=320, color_scheme="dark")
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no/such/page/"):
        page.goto(path)
        assert (axe(page), page.evaluate("document.documentElement.scrollWidth")) == ([], 320), path


def test_what_was_typed_comes_back_after_the_session_ended(page, sign_in, ada, password, live_server):
    sign_in(page, ada).goto("/accounts/email/")
    page.get_by_label("E-mail address").fill("ada@second.example")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Add address").click()
    page.get_by_label("E-mail address").fill(ada.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/accounts/email/")
    expect(page.get_by_label("E-mail address")).to_have_value("ada@second.example")
    expect(page.locator(".toast p")).to_have_text("You had been signed out. Your text is back: send it again.")


def test_show_more_hands_the_focus_on_to_what_came(companies_page):
    for number in range(60):
        CompanyFactory(name=f"Zeal {number:02}", slug=f"zeal-{number:02}")
    companies_page.goto(reverse("companies:list"))
    more = companies_page.get_by_role("link", name="Show more")
    before = companies_page.locator(".rows .what").count()
    more.press("Enter")
    expect(companies_page.locator(".rows .what").nth(before)).to_be_focused()


def test_signing_up_takes_the_time_zone_of_the_browser(open_page, db):
    page = open_page(timezone_id="Asia/Tokyo")
    page.goto("/accounts/signup/")
    expect(page.locator("input[data-time-zone]")).to_have_value("Asia/Tokyo")


def test_a_lost_connection_is_said_and_stays_until_it_is_shut(companies_page, watch):
    said = "Not loaded. Check the connection, then try again."
    companies_page.goto(reverse("companies:list"))
    companies_page.route("**/companies/?*", lambda route: route.abort())
    companies_page.get_by_label("Search").fill("Tide")
    trouble = companies_page.locator(".toast.trouble")
    expect(trouble.locator("p")).to_have_text(said)
    assert companies_page.get_by_label("Search").input_value() == "Tide"
    assert companies_page.get_by_role("alert").all_inner_texts() == [said]
    companies_page.unroute("**/companies/?*")
    trouble.get_by_role("button", name="Close this message").click()
    expect(trouble).to_have_count(0)
    assert all("ERR_FAILED" in problem or "htmx" in problem for problem in watch.problems)
    watch.problems.clear()  # the browser logs a request that was cut; the person saw the sentence


def test_a_session_that_ended_leads_to_the_sign_in_page_and_back(companies_page):
    companies_page.goto(reverse("companies:list"))
    companies_page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    companies_page.get_by_label("Search").fill("Tide")
    companies_page.wait_for_url("**/accounts/login/?next=**")
    assert "next=%2Fcompanies%2F" in companies_page.url


def test_a_toast_leaves_by_itself_but_not_under_the_pointer(companies_page):
    companies_page.clock.install()
    companies_page.goto(reverse("companies:list"))
    companies_page.evaluate("document.dispatchEvent(new CustomEvent('waymark:toast', {detail: {text: 'Added.'}}))")
    toast = companies_page.locator(".toast")
    toast.hover()
    companies_page.clock.run_for(11_000)
    expect(toast).to_have_count(1)
    companies_page.mouse.move(5, 5)
    companies_page.clock.run_for(11_000)
    expect(toast).to_have_count(0)
