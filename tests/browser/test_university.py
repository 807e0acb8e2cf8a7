"""Signing in with a university in a real browser: the policy of our pages lets people go there and come back."""

import pytest
from playwright.sync_api import expect

from tests.university.conftest import NAME, sites, universities

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both(tmp_path, transactional_db):
    with universities(tmp_path) as university, sites(university, tmp_path) as site:
        university.knows("ada", email="ada@waymark.example", email_verified=True)
        yield university, site


@pytest.mark.parametrize("scripts", [True, False], ids=["", "without scripts"])
def test_ada_goes_to_her_university_and_comes_back_signed_in(new_context, axe, both, ada, scripts):
    university, site = both
    context = new_context(base_url=site, java_script_enabled=scripts, viewport={"width": 320, "height": 800})
    page, told = context.new_page(), []
    context.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto("/accounts/login/?next=/settings/appearance/")
    if scripts:
        assert axe(page) == []
    page.get_by_role("button", name=f"Sign in with {NAME}").click()
    page.wait_for_url(f"{university.issuer}/**")
    page.get_by_label("Subject").fill("ada")
    page.get_by_role("button", name="Authorize", exact=True).click()
    expect(page).to_have_url(f"{site}/settings/appearance/")
    page.get_by_role("navigation", name="Settings").get_by_role("link", name="University").click()
    expect(page.locator("main")).to_contain_text("Connected since")
    if scripts:
        assert axe(page) == []
    assert [line for line in told if "Content Security Policy" in line and site in page.url] == []
