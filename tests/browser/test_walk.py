"""A walk through the demo: whatever page a person can reach is accessible, light and dark, wide and narrow.

Reports of the content security policy, errors in the console and requests to other sites fail a test as well (`watch`).
"""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from applications.models import Application
from supervision.models import Supervision
from tests.browser.looking import contrast, sideways, too_small
from tests.crawl import crawl, kind_of
from tracker.demo_data.loading import load
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1360, "height": 900}
PEOPLE = ["ada", "new", "grace", "sam"]
ALIKE = ("companies:", "reminders:", "accounts:", "account_", "home", "demo-")
"""Pages that look alike to all: Ada's walk covers them."""
ENTRANCE = ["login", "signup", "password/reset"]
LETTER = b"Subject: Tomorrow 15:00: research discussion\nTo: ada@waymark.example\n\n" + b"https://waymark.example/" * 9


@pytest.fixture
def demo(transactional_db):
    load(at=clock.now())


def person(name):
    return User.objects.get(email=f"{name}@waymark.example")


def look_at(page: Page, path: str, axe) -> list[str]:
    """Return everything that is wrong with a page, each with its address."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path, wait_until="load")
    found = [f"axe: {line}" for line in axe(page)]
    found += [f"small: {line}" for line in too_small(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in contrast(page)]
    page.set_viewport_size(NARROW)
    found += [f"sideways: {line}" for line in sideways(page)]
    found += [f"small at 320: {line}" for line in too_small(page)]
    return [f"{path}: {line}" for line in found]


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_of_the_demo_can_be_used_by_everybody(demo, page, sign_in, axe, name):
    client = Client()
    client.force_login(person(name))
    paths = [path for path in crawl(client) if name == "ada" or not kind_of(path).startswith(ALIKE)]
    sign_in(page, person(name))
    assert [line for path in paths for line in look_at(page, path, axe)] == []


def test_the_entrance_can_be_used_by_everybody(settings, tmp_path, demo, page, axe):
    settings.DEMO, settings.DEMO_MAIL_DIR = True, str(tmp_path)
    (tmp_path / "letter.eml").write_bytes(LETTER)
    paths = [*(f"/accounts/{name}/" for name in ENTRANCE), "/demo/mail/", "/demo/mail/letter/", "/nowhere/"]
    assert [line for path in paths for line in look_at(page, path, axe)] == []


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


def test_filters_and_sharing_work_without_javascript(demo, plain_page, sign_in):
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
    assert Supervision.objects.get(supervisor=person("grace")).level == "summary"
    grace.get_by_role("button", name="End sharing").click()
    assert Supervision.objects.get(supervisor=person("grace")).ended_at
    supervisor = Client()
    supervisor.force_login(person("grace"))
    shared = reverse("supervision:student", args=[person("ada").public_id])
    assert supervisor.get(shared).status_code == 404
