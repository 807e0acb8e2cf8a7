"""Search from everywhere: by its key, while typing, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.factories import ApplicationFactory, CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def northlight(ada):
    company = CompanyFactory(name="Northlight Labs", search_text="Northlight Labs")
    ApplicationFactory(student=ada, company=company, role="Summer researcher")
    return company


def test_its_key_opens_it_and_it_finds_while_one_types(page, ada, northlight, sign_in, axe):
    sign_in(page, ada).goto("/offers/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("north")
    expect(page.get_by_role("link", name="Summer researcher")).to_be_visible()
    page.wait_for_url("**/search/?q=north")  # the answer to the last letter is shown: nothing is replaced any more
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    page.get_by_role("link", name="Summer researcher").click()
    expect(page.get_by_role("heading", name="Summer researcher")).to_be_visible()


def test_without_scripts_it_is_a_form(plain_page, ada, northlight, sign_in):
    sign_in(plain_page, ada).goto("/today/")
    plain_page.get_by_role("banner").get_by_role("link", name="Search").click()
    plain_page.get_by_role("searchbox").fill("northlight")
    plain_page.get_by_role("main").get_by_role("button", name="Search").click()
    plain_page.get_by_role("link", name="Northlight Labs").click()
    plain_page.wait_for_url("**/companies/northlight-labs/")
