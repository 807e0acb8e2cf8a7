"""The shared list in a real browser: filters as one types, pages appended, both without scripts."""

import pytest

from applications.models import Application
from tests.factories import CompanyFactory, PostingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postings(db):
    company = CompanyFactory(name="Waymo", city="Mountain View", search_text="Waymo perception")
    for n in range(5):
        PostingFactory(company=company, title=f"Research Intern {n}", places=["Zurich"])
    return PostingFactory(company=company, title="Nurse", places=["Bern"])


def titles(page):
    return page.locator("#results .what").all_inner_texts()


def test_the_list_narrows_as_one_types_and_the_address_follows(page, ada, sign_in, postings):
    sign_in(page, ada).goto("/postings/")
    page.get_by_role("searchbox").press_sequentially("nurse")
    page.wait_for_url("**/postings/?*q=nurse*")
    page.get_by_text("1 posting · Clear filters").wait_for()
    assert titles(page) == ["Nurse"]
    assert page.locator("#live").inner_text() == "1 posting"
    page.reload()
    assert titles(page) == ["Nurse"]
    page.go_back()
    page.get_by_text("6 postings", exact=True).wait_for()
    assert len(titles(page)) == 6


def test_more_rows_join_the_list_and_the_focus_goes_to_the_first_of_them(page, ada, sign_in, postings, settings):
    settings.WAYMARK_TABLE_PAGE = 4
    sign_in(page, ada).goto("/postings/")
    page.get_by_role("link", name="Show more").press("Enter")
    page.locator("#results .what").nth(5).wait_for()
    assert len(titles(page)) == 6
    assert page.get_by_role("link", name="Show more").count() == 0
    assert page.evaluate("document.activeElement.textContent") == titles(page)[4]


def test_filters_and_pages_work_without_scripts(plain_page, ada, sign_in, postings, settings):
    settings.WAYMARK_TABLE_PAGE = 4
    page = sign_in(plain_page, ada)
    page.goto("/postings/")
    page.get_by_role("link", name="Show more").click()
    assert len(titles(page)) == 2
    page.get_by_label("Place").fill("bern")
    page.get_by_role("button", name="Search").click()
    assert titles(page) == ["Nurse"]
    page.get_by_role("link", name="Clear filters").click()
    assert len(titles(page)) == 4


def test_a_posting_is_added_from_its_company(page, ada, sign_in, postings):
    sign_in(page, ada).goto("/companies/waymo/")
    page.get_by_role("link", name="Add Nurse").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Added. Waymo is in Interested.").first.wait_for()
    added = Application.objects.select_related("company", "posting").get()
    assert (added.company.name, added.role, added.posting) == ("Waymo", "Nurse", postings)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1360])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, ada, sign_in, axe, postings, scheme, width):
    page = sign_in(open_page(width=width, color_scheme=scheme), ada)
    for path in (
        "/companies/",
        "/companies/?q=nobody",
        "/companies/waymo/",
        "/postings/",
        f"/postings/{postings.public_id}/",
    ):
        page.goto(path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width
