"""Cora makes two companies one in a real browser, on a desk and on a phone, with and without scripts."""

import pytest
from playwright.sync_api import expect

from companies.models import Merge
from tests.browser.looking import contrast, sideways, too_small
from tests.factories import ApplicationFactory, CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(ada):
    keeper = CompanyFactory(name="Northlight", website="https://northlight.example")
    taken = CompanyFactory(name="Northlight Labs", city="Oslo", approved_at=None, proposed_by=ada)
    ApplicationFactory(student=ada, company=taken)
    return keeper, taken


def wrong(page, axe):
    """Return what is wrong with the page as it stands, on a desk and at 320 px, in light and dark."""
    found = axe(page) + too_small(page)
    page.emulate_media(color_scheme="dark")
    found += contrast(page)
    page.set_viewport_size({"width": 320, "height": 640})
    found += sideways(page) + too_small(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1360, "height": 900})
    return found


def test_two_become_one_and_two_again(page, pair, cora, sign_in, axe):
    sign_in(page, cora).goto("/companies/")
    page.get_by_role("link", name="Curation").click()
    page.get_by_role("link", name="Duplicates").click()
    assert wrong(page, axe) == []
    page.get_by_role("link", name="Compare Northlight and Northlight Labs").click()
    expect(page.get_by_text("1 application moves.")).to_be_visible()
    assert wrong(page, axe) == []
    page.get_by_role("group", name="City").get_by_label("Oslo").check()
    page.get_by_role("button", name="Make them one").click()
    expect(page.get_by_role("link", name="Northlight Labs is Northlight")).to_be_visible()
    assert wrong(page, axe) == []
    page.get_by_role("button", name="Undo: Northlight Labs").click()
    expect(page.get_by_text("Nothing to take back")).to_be_visible()
    assert Merge.objects.get().undone_by == cora


def test_without_scripts_it_works_too(plain_page, pair, cora, sign_in):
    sign_in(plain_page, cora).goto("/curation/duplicates/")
    plain_page.get_by_role("link", name="Compare").click()
    plain_page.get_by_role("button", name="Make them one").click()
    expect(plain_page.get_by_role("link", name="Northlight Labs is Northlight")).to_be_visible()
