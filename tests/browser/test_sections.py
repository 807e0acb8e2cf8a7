"""Editing an application in its place: a section, what they ask for, the next step; with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from applications.models import Application
from tests.factories import ApplicationFactory, CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kestrel(transactional_db):
    ada = UserFactory(email="ada@waymark.example", name="Ada Whitlock")
    company = CompanyFactory(name="Kestrel Robotics")
    application = ApplicationFactory(student=ada, company=company, role="Robot Learning", next_step="Ask Priya")
    application.requirements.create(text="Python", position=1)
    return application


def address(application):
    return f"/applications/{application.public_id}/"


def test_a_section_is_edited_where_it_stands_and_taken_back(page, sign_in, kestrel, axe):
    sign_in(page, kestrel.student).goto(address(kestrel))
    facts = page.locator("#section-facts")
    facts.get_by_role("link", name="Edit the key facts").click()
    facts.get_by_label("Place").fill("Kyoto")
    facts.get_by_label("Tags").fill("robots, sim")
    assert axe(page) == []
    facts.get_by_role("button", name="Save").click()
    page.locator("#app-head").get_by_text("Kyoto").wait_for()
    expect(facts.get_by_role("link", name="Edit the key facts")).to_be_focused()
    expect(facts.locator(".tags .pill")).to_have_text(["robots", "sim"])
    page.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    page.get_by_text("Undone.").first.wait_for()
    assert Application.objects.get().place == ""


def test_a_section_that_is_refused_has_the_focus_on_why(page, sign_in, kestrel):
    sign_in(page, kestrel.student).goto(address(kestrel))
    facts = page.locator("#section-facts")
    facts.get_by_role("link", name="Edit the key facts").click()
    facts.get_by_label("Tags").fill(",".join("abcdefghijk"))
    facts.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    facts.get_by_role("link", name="Cancel").click()
    facts.get_by_role("link", name="Edit the key facts").wait_for()


def test_what_they_ask_for_is_pasted_ticked_and_corrected(page, sign_in, kestrel, axe):
    sign_in(page, kestrel.student).goto(address(kestrel))
    fit = page.locator("#section-fit")
    fit.get_by_text("Add lines").click()
    fit.get_by_label("What they ask for").fill("- PyTorch\n- C++")
    fit.get_by_role("button", name="Add", exact=True).click()
    fit.get_by_text("3 lines", exact=True).wait_for()
    fit.get_by_role("group", name="Do you meet it: PyTorch").get_by_role("button", name="Yes").click()
    fit.get_by_text("You meet 1 of 3: some of them.").wait_for()
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
    fit.get_by_role("link", name="Edit C++").click()
    fit.locator(".asked").get_by_label("What they ask for").fill("C++ or Rust")
    assert axe(page) == []
    fit.get_by_role("button", name="Save").click()
    fit.get_by_role("paragraph").filter(has_text="C++ or Rust").wait_for()


def test_the_next_step_is_ticked_off_and_stands_in_the_timeline(page, sign_in, kestrel):
    sign_in(page, kestrel.student).goto(address(kestrel))
    page.get_by_role("button", name="Done with Ask Priya").click()
    page.locator("#entries").get_by_text("Done: Ask Priya").wait_for()
    page.get_by_text("No next step noted.").wait_for()


def test_all_of_it_works_without_javascript(plain_page, sign_in, kestrel):
    page = sign_in(plain_page, kestrel.student)
    page.goto(address(kestrel))
    page.get_by_role("button", name="Done with Ask Priya").click()
    page.locator("#section-fit").get_by_role("button", name="Partly").click()
    expect(page.get_by_text("You meet 0 of 1, and 1 in part: half of them.")).to_be_visible()
    page.get_by_role("link", name="Add notes").click()
    page.get_by_label("Notes, only for you").fill("Mine")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#section-notes").get_by_text("Mine")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert Application.objects.get().notes == ""


def test_n_and_p_go_on_in_the_list_one_came_from(page, sign_in, kestrel):
    other = ApplicationFactory(student=kestrel.student, company=CompanyFactory(name="Zebra"))
    sign_in(page, kestrel.student).goto("/applications/?sort=company")
    page.get_by_role("link", name="Robot Learning", exact=True).click()
    page.get_by_role("heading", name="Robot Learning", level=1).wait_for()
    page.keyboard.press("n")
    page.wait_for_url(f"**{address(other)}**")
    page.keyboard.press("p")
    page.wait_for_url(f"**{address(kestrel)}**")
