"""From a pasted paper to "Referred" on the board, by keyboard alone, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from applications.models import Application
from outreach.models import Contact
from tests.factories import ApplicationFactory, CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)

BIBTEX = r"""@inproceedings{a, title = {Neural {Tides}}, author = {M{\"u}ller, J{\"o}rg and Bee, Ann},
  booktitle = {NeurIPS}, year = 2025}"""
_MOST = 150


@pytest.fixture(params=["page", "plain_page"])
def anybody(request):
    """A page with JavaScript, and one without."""
    return request.getfixturevalue(request.param)


def walk_to(page, target):
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    for _ in range(_MOST):
        if target.evaluate("one => one === document.activeElement"):
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {target}")


def press(page, role, name, key="Enter", **more):
    walk_to(page, page.get_by_role(role, name=name, **more).first)
    page.keyboard.press(key)


@pytest.fixture
def tidewater(ada, season):
    company = CompanyFactory(name="Tidewater")
    return ApplicationFactory(student=ada, company=company, role="Research Intern", stage="preparing", season=season)


def test_from_a_paper_to_referred_on_the_board_by_keyboard(anybody, ada, tidewater, sign_in, clock):
    page = sign_in(anybody, ada)
    page.goto("/people/")
    press(page, "link", "From a paper")
    walk_to(page, page.get_by_label("Papers"))
    page.keyboard.insert_text(BIBTEX)
    press(page, "button", "Show authors")
    press(page, "checkbox", "Jörg Müller", key="Space")
    walk_to(page, page.get_by_label("Where Jörg Müller works"))
    page.keyboard.type("Tidewater")
    press(page, "button", "Add people")
    expect(page.get_by_role("heading", name="Jörg Müller")).to_be_visible()

    press(page, "link", "About their paper")
    expect(page.get_by_label("Text")).to_have_value(re.compile("Neural Tides"))
    expect(page.get_by_role("link", name="Open in your mail program")).to_be_visible()
    press(page, "link", "Back", exact=True)
    press(page, "button", "Log a message")
    expect(page.get_by_role("listitem").filter(has_text="I wrote")).to_be_visible()
    walk_to(page, page.get_by_label("What happened"))
    page.keyboard.type("They")
    press(page, "button", "Log a message")
    expect(page.get_by_role("listitem").filter(has_text="They answered")).to_be_visible()

    press(page, "link", "Note a referral")
    expect(page.get_by_label("Application")).to_have_value(tidewater.public_id)
    press(page, "checkbox", "Hold: wait for the referral before applying", key="Space")
    press(page, "button", "Save")
    expect(page.get_by_text("On hold", exact=True)).to_be_visible()
    expect(page.get_by_text("Check with Jörg Müller before you submit.")).to_be_visible()

    press(page, "link", "Jörg Müller")
    press(page, "link", re.compile("^Change.*Research Intern, Tidewater"))
    walk_to(page, page.get_by_role("radio", name="I asked, and wait for the answer"))
    page.keyboard.press("ArrowDown")
    press(page, "button", "Save")
    expect(page.get_by_text("The hold is over")).to_be_visible()

    press(page, "link", "Today")
    expect(page.get_by_text("Jörg Müller referred you: submit now.")).to_be_visible()
    press(page, "button", "I have sent it: Submit Research Intern at Tidewater")
    expect(page.get_by_text("Nothing due today").first).to_be_visible()
    press(page, "link", "Applications")
    card = page.locator("article").filter(has_text="Tidewater")
    expect(card.get_by_text("Referred", exact=True)).to_be_visible()

    tidewater.refresh_from_db()
    assert (tidewater.stage, tidewater.on_hold, Contact.objects.get().standing) == ("applied", False, "referred")
    assert Application.objects.count() == 1


def test_authors_appear_below_what_was_pasted_and_the_page_stays(page, ada, season, sign_in, axe):
    sign_in(page, ada).goto("/people/from-paper/")
    page.evaluate("window.stayed = true")
    page.get_by_label("Papers").fill("nothing of the kind")
    page.get_by_role("button", name="Show authors").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Papers")).to_have_value("nothing of the kind")
    page.get_by_label("Papers").fill(BIBTEX)
    page.get_by_role("button", name="Show authors").click()
    expect(page.get_by_role("checkbox", name="Jörg Müller")).to_be_focused()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    expect(page.locator(".error-summary")).to_have_count(0)
    assert page.evaluate("window.stayed")
    assert axe(page) == []
    page.get_by_role("checkbox", name="Ann Bee").check()
    page.get_by_role("button", name="Add people").click()
    expect(page.get_by_role("heading", name="Ann Bee")).to_be_visible()
