"""Cora clears a queue of forty by keyboard; students suggest and report, with and without scripts."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from playwright.sync_api import expect

from companies.actions import propose_change, propose_company, propose_new
from companies.models import Company, Merge, Proposal
from tests.browser.looking import contrast, sideways, too_small
from tests.factories import NOW, CompanyFactory, PostingFactory

pytestmark = pytest.mark.django_db(transaction=True)
HOW = {"why": "Seen on their site", "source_url": ""}


@pytest.fixture
def forty(ada, mallory):
    """Forty that wait: companies, changes, teams, programmes and postings; the first may be one of the list."""
    northlight = CompanyFactory(name="Northlight", website="https://northlight.example")
    at = NOW - dt.timedelta(days=3)
    propose_company(name="Northlight Labs", website="https://northlight.example", by=ada, at=at)
    for number in range(1, 40):
        who, minute = (ada, mallory)[number % 2], at + dt.timedelta(minutes=number)
        if number % 4 == 1:
            propose_company(name=f"Company {number}", by=who, at=minute)
        elif number % 4 == 2:
            other = CompanyFactory(name=f"Listed {number}")
            propose_change(of=other, values={"city": f"Town {number}"}, by=who, at=minute, **HOW)
        elif number % 4 == 3:
            propose_new(subject="team", company=northlight, values={"name": f"Team {number}"}, by=who, at=minute, **HOW)
        else:
            values = {"title": f"Role {number}", "url": f"https://northlight.example/{number}"}
            propose_new(subject="posting", company=northlight, values=values, by=who, at=minute, **HOW)


def wrong(page, axe):
    found = axe(page) + too_small(page)
    page.emulate_media(color_scheme="dark")
    found += contrast(page)
    page.set_viewport_size({"width": 320, "height": 640})
    found += sideways(page) + too_small(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1360, "height": 900})
    return found


def press(page, key):
    page.wait_for_load_state("load")  # who presses before the scripts are there presses in vain
    page.keyboard.press(key)


def test_cora_clears_forty_by_keyboard(page, forty, cora, sign_in, axe):
    sign_in(page, cora).goto("/curation/")
    expect(page.get_by_role("heading", name="Northlight Labs")).to_be_visible()
    expect(page.get_by_role("navigation", name="What waits, the oldest first").get_by_role("link")).to_have_count(40)
    assert wrong(page, axe) == []
    # the first is one of the list: M, and the form of the merge by keyboard
    press(page, "m")
    page.get_by_role("button", name="Make them one").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Northlight Labs is Northlight")).to_be_visible()
    page.goto("/curation/")
    # J and K go on and back, S skips, R asks for something
    for key, title in (("j", "Listed 2"), ("k", "Company 1"), ("s", "Listed 2")):
        press(page, key)
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_focused()
    assert wrong(page, axe) == []
    press(page, "r")
    expect(page.get_by_label("What is missing")).to_be_focused()
    page.keyboard.type("Which office?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Team 3, Northlight")).to_be_focused()
    # all the rest by A
    for left in range(38, 0, -1):
        expect(page.get_by_role("navigation", name="What waits, the oldest first").get_by_role("link")).to_have_count(
            left
        )
        press(page, "a")
    expect(page.get_by_text("Nothing waiting")).to_be_visible()
    states = list(Proposal.objects.values_list("state", flat=True))
    assert (states.count("approved"), states.count("asked"), len(states)) == (39, 1, 40)
    assert Merge.objects.count() == 1
    # every action is in the log: 38 approved, one asked, one merge
    assert LogEntry.objects.filter(user=cora).count() == 40
    page.goto("/curation/log/")
    expect(page.get_by_text("Northlight Labs became this one.")).to_be_visible()
    assert wrong(page, axe) == []


def test_without_scripts_a_proposal_is_taken_and_another_declined(plain_page, ada, cora, sign_in):
    for name in ("Harbour AI", "Fjord AI"):
        propose_company(name=name, by=ada, at=NOW)
    sign_in(plain_page, cora).goto("/curation/")
    plain_page.get_by_role("button", name="Approve").click()
    expect(plain_page.get_by_text("Approved: Harbour AI.")).to_be_visible()
    plain_page.locator("summary", has_text="Decline").click()
    plain_page.get_by_role("combobox", name="Why").select_option("other")
    plain_page.get_by_role("button", name="Decline").click()
    expect(plain_page.get_by_role("link", name="Say why: the student reads it")).to_be_visible()
    plain_page.get_by_label("In your words").fill("They closed in summer")
    plain_page.get_by_role("button", name="Decline").click()
    expect(plain_page.get_by_text("Nothing waiting")).to_be_visible()
    assert Company.objects.approved().get().name == "Harbour AI"


def test_ada_suggests_reports_and_reads_what_became_of_it(page, ada, cora, sign_in, axe):
    CompanyFactory(name="Northlight", slug="northlight")
    posting = PostingFactory(company=Company.objects.get(), title="Research Intern")
    sign_in(page, ada).goto("/companies/propose/")
    page.get_by_label("Name").press_sequentially("Northli")
    expect(page.get_by_text("Is it one of these?")).to_be_visible()
    assert wrong(page, axe) == []
    page.get_by_role("link", name="Northlight").click()
    page.get_by_role("link", name="Suggest an edit").click()
    assert wrong(page, axe) == []
    page.get_by_label("City").fill("Oslo")
    page.get_by_label("Where it says so").fill("nowhere")
    page.get_by_role("button", name="Suggest").click()
    expect(page.locator(".error-summary")).to_contain_text("Enter a full web address")
    expect(page.get_by_label("City")).to_have_value("Oslo")
    page.get_by_label("Where it says so").fill("https://northlight.example/about")
    page.get_by_role("button", name="Suggest").click()
    expect(page.get_by_role("heading", name="Your suggestions")).to_be_visible()
    expect(page.get_by_text("Waiting for a curator")).to_be_visible()
    assert wrong(page, axe) == []
    page.goto(f"/postings/{posting.public_id}/")
    page.get_by_role("link", name="Report it as stale").click()
    page.get_by_label("The link leads nowhere").check()
    assert wrong(page, axe) == []
    page.get_by_role("button", name="Report").click()
    expect(page.locator("#live")).to_have_text("Reported. A curator will look at it.")
    assert Proposal.objects.filter(is_report=True).get().posting == posting
