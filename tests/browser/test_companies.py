"""The shared list in a real browser: filters as one types, pages appended, both without scripts."""

import pytest
from playwright.sync_api import expect

from applications.models import Application
from companies.models import Following
from tests.factories import CompanyFactory, PostingFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postings(db):
    company = CompanyFactory(name="Waymo", city="Mountain View", search_text="Waymo perception")
    for n in range(5):
        PostingFactory(company=company, title=f"Research Intern {n}", places=["Zurich"])
    return PostingFactory(company=company, title="Nurse", places=["Bern"])


def titles(page):
    return page.locator("#results .what")


def test_the_list_narrows_as_one_types_and_the_address_follows(page, ada, sign_in, postings):
    sign_in(page, ada).goto("/postings/")
    page.get_by_role("searchbox").press_sequentially("nurse")
    page.wait_for_url("**/postings/?*q=nurse*")
    page.get_by_text("1 posting · Clear filters").wait_for()
    expect(titles(page)).to_have_text(["Nurse"])
    expect(page.locator("#live")).to_have_text("1 posting")
    page.reload()
    expect(titles(page)).to_have_text(["Nurse"])
    page.go_back()
    page.get_by_text("6 postings", exact=True).wait_for()
    expect(titles(page)).to_have_count(6)


def test_more_rows_join_the_list_and_the_focus_goes_to_the_first_of_them(page, ada, sign_in, postings, settings):
    settings.WAYMARK_TABLE_PAGE = 4
    sign_in(page, ada).goto("/postings/")
    page.get_by_role("link", name="Show more").press("Enter")
    expect(titles(page)).to_have_count(6)
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    expect(titles(page).nth(4)).to_be_focused()


def test_filters_and_pages_work_without_scripts(plain_page, ada, sign_in, postings, settings):
    settings.WAYMARK_TABLE_PAGE = 4
    page = sign_in(plain_page, ada)
    page.goto("/postings/")
    page.get_by_role("link", name="Show more").click()
    expect(titles(page)).to_have_count(2)
    page.get_by_label("Place").fill("bern")
    page.get_by_role("button", name="Search").click()
    expect(titles(page)).to_have_text(["Nurse"])
    page.get_by_role("link", name="Clear filters").click()
    expect(titles(page)).to_have_count(4)


def test_a_posting_is_added_from_its_company(page, ada, sign_in, postings):
    sign_in(page, ada).goto("/companies/waymo/")
    page.get_by_role("link", name="Add Nurse").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Added. Waymo is in Interested.").first.wait_for()
    added = Application.objects.select_related("company", "posting").get()
    assert (added.company.name, added.role, added.posting) == ("Waymo", "Nurse", postings)


def test_a_programme_is_followed_and_left_by_one_button_that_keeps_the_focus(page, ada, sign_in, postings):
    ProgrammeFactory(company=postings.company, name="PhD internship")
    sign_in(page, ada).goto("/companies/waymo/")
    page.get_by_role("button", name="Follow PhD internship").press("Enter")
    expect(page.get_by_role("button", name="Stop following PhD internship")).to_be_focused()
    assert Following.objects.visible_to(ada).count() == 1
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Follow PhD internship")).to_be_focused()
    assert Following.objects.count() == 0


def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, ada, sign_in, axe, postings):
    page = sign_in(open_page(width=320, color_scheme="dark"), ada)
    for path in (
        "/companies/",
        "/companies/?q=nobody",
        "/companies/waymo/",
        "/postings/",
        f"/postings/{postings.public_id}/",
    ):
        page.goto(path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
