"""Check 3: the whole season is run without JavaScript: each test here sends plain forms and follows plain links.

Also without JavaScript, beside the pages that they are about: Undo (test_07_undo.py, ../test_history.py), preparation
(../test_preparation.py), documents, sections, bulk and export, Today's done and snooze, the window planner.
"""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from applications.models import Application, Desk, Offer
from supervision.models import Supervision

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_season_is_run_without_javascript(demo, plain_page):
    page = plain_page
    page.goto("/accounts/login/")
    page.fill("[name=login]", "ada@waymark.example")
    page.fill("[name=password]", "waymark-demo")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page.get_by_role("banner").get_by_role("link", name="Add").click()
    page.get_by_label("Link or company").fill("Ostrava Vision")
    page.get_by_label("Role").fill("Summer researcher")
    page.get_by_role("button", name="Add", exact=True).click()
    mine = Application.objects.select_related("company").get(role="Summer researcher")
    here = reverse("applications:detail", args=[mine.public_id])
    page.wait_for_url(f"**{here}")

    page.goto(f"{here}stage/")
    page.get_by_role("button", name="Interviewing").click()
    page.goto(here)
    page.get_by_label("Log an update").fill("They rang back")
    page.get_by_role("button", name="Note").click()
    expect(page.get_by_text("They rang back")).to_be_visible()
    page.goto(f"{here}rounds/new/")
    page.get_by_label("Coding", exact=True).check()
    page.get_by_role("main").get_by_role("button", name="Save round").click()
    mine.refresh_from_db()
    assert (mine.stage, mine.rounds.count()) == ("interviewing", 1)

    page.goto(f"{here}close/")
    page.get_by_label("Not this time").check()
    page.get_by_role("button", name="Close application").click()
    mine.refresh_from_db()
    assert (mine.stage, mine.outcome) == ("closed", "not_this_time")
    page.goto(here)
    page.get_by_role("button", name="Reopen").click()
    mine.refresh_from_db()
    assert (mine.stage, mine.outcome) == ("interviewing", "")


def test_filters_and_sharing_work_without_javascript(demo, plain_page, sign_in, person):
    page = sign_in(plain_page, person("ada"))
    page.goto("/applications/")
    page.get_by_role("searchbox").fill("Tidewater")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.goto("/postings/")
    page.get_by_label("Search", exact=True).fill("diffusion")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.locator(".rows > li")).to_have_count(1)

    page.goto("/sharing/")
    grace = page.get_by_role("region", name="Grace Lindqvist")
    grace.locator("[value=summary]").check()
    grace.get_by_role("button", name="Save").click()
    assert Supervision.objects.get(student=person("ada"), supervisor=person("grace")).level == "summary"
    grace.get_by_role("button", name="End sharing").click()
    assert Supervision.objects.get(student=person("ada"), supervisor=person("grace")).ended_at
    supervisor = Client()
    supervisor.force_login(person("grace"))
    shared = reverse("supervision:student", args=[person("ada").public_id])
    assert supervisor.get(shared).status_code == 404


def test_an_offer_is_noted_and_accepted_without_javascript(demo, plain_page, sign_in, person):
    page = sign_in(plain_page, person("ada"))
    mine = Application.objects.filter(student=person("ada"), stage="offer", outcome="").order_by("pk").first()
    page.goto(f"/applications/{mine.public_id}/offer/")
    page.get_by_label("Project", exact=False).first.fill("Maps of tides")
    page.get_by_role("main").get_by_role("button", name="Save").first.click()
    assert Offer.objects.get(application=mine).project == "Maps of tides"
    page.goto(f"/applications/{mine.public_id}/accept/")
    page.get_by_role("main").get_by_role("button", name="Accept").first.click()
    page.wait_for_load_state()
    mine.refresh_from_db()
    assert mine.outcome == "accepted"


def test_a_new_student_takes_the_first_steps_without_javascript(demo, plain_page, sign_in, person):
    page = sign_in(plain_page, person("new"))
    page.goto("/welcome/1/")
    for _ in range(2):
        page.get_by_role("main").locator("form.form button.btn-p").click()
    page.get_by_label("Links or companies, one a line").fill("Tidewater")
    page.get_by_role("button", name="Add these").click()
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="Go to Today").click()
    page.wait_for_url("**/today/")
    assert Application.objects.filter(student=person("new")).count() == 1
    assert Desk.objects.get(student=person("new")).welcomed_at
