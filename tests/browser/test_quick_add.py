import datetime as dt
import re
import time
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from applications.models import Application
from tests.browser.looking import sideways, too_small
from tests.factories import ApplicationFactory, CompanyFactory, PostingFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)


# A page of each make; that all others have what the key opens is in test_demo.py.
STUDENT_PAGES = (
    "/today/", "/window/", "/applications/", "/applications/board/", "/companies/", "/postings/", "/notifications/",
    "/sharing/", "/settings/profile/", "/settings/notifications/", "/settings/appearance/", "/help/",
    "/rounds/{interview.public_id}/", "/applications/{interview.application.public_id}/offer/", "/undo/", "/offers/",
    "/documents/", "/questions/", "/window/plan/", "/applications/filter/",
)  # fmt: skip


def test_from_every_page_c_opens_three_fields_and_enter_adds(page, ada, season, sign_in):
    interview = RoundFactory(application__student=ada)
    sign_in(page, ada)
    for path in STUDENT_PAGES:
        page.goto(path.format(interview=interview))
        began = time.monotonic()
        page.keyboard.press("c")
        dialog = page.locator("#dialog")
        expect(page.get_by_label("Link or company"), path).to_be_focused()
        shown = dialog.locator("input:not([type=hidden]), select, textarea").filter(visible=True)
        radios = dialog.get_by_role("radio")
        assert (shown.count() - radios.count() + 1, radios.count()) == (3, 5), path
        page.keyboard.type("Tidewater")
        page.keyboard.press("Enter")
        expect(page.locator(".toast").first, path).to_contain_text("Added. Tidewater is in Interested.")
        assert time.monotonic() - began < 10, path
        added = Application.objects.filter(student=ada, company__name="Tidewater")
        assert added.count() == 1, path
        added.delete()


def test_by_mouse_one_click_adds_after_typing(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.get_by_role("link", name="Add").first.click()
    expect(page.get_by_label("Link or company")).to_be_focused()
    page.keyboard.type("Tidewater")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Added. Tidewater is in Interested.")


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
        expect(page.locator("#lookup a")).to_have_count(int(words.startswith("You")))
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator("#dialog")).to_be_hidden()
    assert Application.objects.filter(student=ada).count() == 2


def test_a_typed_role_is_not_overwritten_by_what_the_link_spells(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    field, role = page.get_by_label("Link or company"), page.get_by_label("Role")
    field.fill("https://kestrel.wd5.myworkdayjobs.com/Careers/job/Oslo/PhD-Research-Intern--Speech_R12")
    expect(role).to_have_value("PhD Research Intern, Speech")
    role.fill("My own words")
    field.fill("https://kestrel.wd5.myworkdayjobs.com/Careers/job/Oslo/Vision-Intern_R13")
    expect(page.locator("[data-role='Vision Intern']")).to_have_count(1)
    expect(role).to_have_value("My own words")


def test_a_name_that_is_offered_is_taken_by_a_press(page, ada, season, sign_in):
    CompanyFactory(name="Northlight Labs")
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    page.get_by_label("Link or company").fill("northl")
    page.get_by_role("button", name="Northlight Labs").click()
    expect(page.get_by_label("Link or company")).to_have_value("Northlight Labs")
    expect(page.locator("#lookup")).not_to_contain_text("New company")


def test_applied_today_unless_changed(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    expect(page.get_by_text("Applied today.")).to_be_hidden()
    page.get_by_role("radio", name="Applied").check()
    page.get_by_text("Applied today.").click()
    page.get_by_label("Applied on").fill("2026-11-03")
    expect(page.locator("[data-applied]")).to_have_text("Applied 3 Nov.")
    page.get_by_label("Link or company").fill("Tidewater")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#dialog")).to_be_hidden()
    assert Application.objects.get(student=ada).applied_on == dt.date(2026, 11, 3)


def test_a_hold_is_asked_about_once(page, ada, season, sign_in):
    company = CompanyFactory(name="Tidewater")
    ApplicationFactory(student=ada, company=company, way_in="asked", on_hold=True, referrer="Priya")
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    page.get_by_role("radio", name="Applied").check()
    page.get_by_label("Role").fill("Speech Intern")
    page.get_by_label("Link or company").fill("Tidewater")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Apply anyway")).to_be_focused()
    expect(page.locator("#lookup")).to_contain_text("You asked Priya for a referral here.")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).to_be_hidden()
    assert Application.objects.filter(student=ada, stage="applied").count() == 1


def test_more_details_keeps_what_was_typed_and_saves_all(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    page.get_by_label("Link or company").fill("Tidewater")
    page.get_by_label("Role").fill("Speech Intern")
    page.get_by_role("button", name="More details").click()
    expect(page.locator("#dialog").get_by_label("Place")).to_be_visible()
    expect(page.get_by_label("Role", exact=True)).to_have_value("Speech Intern")
    page.locator("#dialog").get_by_label("Place").fill("Oslo")
    page.get_by_label("Link or company").press("Enter")
    expect(page.locator("#dialog")).to_be_hidden()
    application = Application.objects.get(student=ada)
    assert (application.company.name, application.role, application.place) == ("Tidewater", "Speech Intern", "Oslo")


def test_escape_asks_only_when_something_was_typed(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.keyboard.press("c")
    expect(page.get_by_label("Link or company")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()
    assert asked == []
    page.keyboard.press("c")
    expect(page.get_by_label("Link or company")).to_be_focused()
    page.keyboard.type("Tide")
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_visible()
    assert asked == ["Close without adding? What you typed is lost."]
    page.get_by_role("button", name="More details").click()
    expect(page.locator("#add_place")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_visible()
    assert len(asked) == 2


AT_ONCE = """() => {
  document.getElementById('dialog').dispatchEvent(new Event('cancel', {cancelable: true}));
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'c', bubbles: true}));
}"""


def test_a_key_right_after_escape_is_no_letter_in_the_field_that_went(page, ada, season, sign_in):
    sign_in(page, ada).goto("/companies/")
    page.keyboard.press("c")
    expect(page.get_by_label("Link or company")).to_be_focused()
    page.evaluate(AT_ONCE)
    expect(page.get_by_label("Link or company")).to_be_focused()
    expect(page.locator("#dialog")).to_be_visible()


def test_on_a_phone_the_sheet_fills_the_screen(phone, ada, season, sign_in):
    sign_in(phone, ada).goto("/companies/")
    phone.get_by_role("link", name="Add").last.tap()
    expect(phone.get_by_label("Link or company")).to_be_visible()
    box = phone.locator("#dialog").bounding_box()
    assert (round(box["x"]), round(box["y"]), round(box["width"]), round(box["height"])) == (0, 0, 390, 844)
    assert sideways(phone) == []
    assert too_small(phone) == []


def test_the_manifest_names_add_as_the_place_to_share_to(page, ada, season, sign_in, live_server):
    sign_in(page, ada).goto("/add/")
    address = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = page.request.get(address).json()
    target = manifest["share_target"]
    assert (target["action"], target["method"], sorted(target["params"])) == ("/add/", "GET", ["text", "title", "url"])
    for icon in manifest["icons"]:
        assert page.request.get(urljoin(f"{live_server.url}{address}", icon["src"])).status == 200


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


def test_without_javascript_more_details_is_a_page(plain_page, ada, season, sign_in):
    sign_in(plain_page, ada).goto("/add/?url=https://www.linkedin.com/jobs/view/1&title=Speech+Intern")
    plain_page.get_by_label("Link or company").fill("Tidewater https://www.linkedin.com/jobs/view/1")
    plain_page.get_by_role("radio", name="Applied").check()
    expect(plain_page.get_by_text("Applied today.")).to_be_visible()
    plain_page.get_by_role("button", name="More details").click()
    expect(plain_page.get_by_label("Role", exact=True)).to_have_value("Speech Intern")
    plain_page.get_by_label("Place").fill("Oslo")
    plain_page.get_by_role("button", name="Add", exact=True).click()
    expect(plain_page).to_have_url(re.compile(r"/applications/[2-9a-z]{12}/$"))
    application = Application.objects.get(student=ada)
    assert (application.stage, application.place, application.source) == ("applied", "Oslo", "linkedin")


def test_axe_finds_nothing_on_the_page_and_in_the_dialog(page, ada, season, sign_in, axe_both):
    sign_in(page, ada).goto("/add/?text=Tidewater")
    assert axe_both(page) == []
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto("/companies/")
    page.keyboard.press("c")
    page.get_by_label("Link or company").fill("Tidewater")
    expect(page.locator("#lookup")).to_contain_text("already track")
    page.get_by_role("radio", name="Applied").check()
    assert axe_both(page, "#dialog") == []
    page.get_by_role("button", name="More details").click()
    expect(page.locator("#dialog").get_by_label("Place")).to_be_visible()
    assert axe_both(page, "#dialog") == []
