import datetime as dt

import pytest
from playwright.sync_api import expect

from applications.models import Application, TodayMark
from tests.browser.looking import sideways, too_small
from tests.factories import ApplicationFactory, CompanyFactory, PostingFactory, RoundFactory
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three(ada, season):
    """Three steps for today, in this order."""
    on = clock.today(ada)
    return [
        ApplicationFactory(
            student=ada,
            company=CompanyFactory(name=name),
            stage="preparing",
            next_step=f"Write to {name}",
            next_step_on=on - dt.timedelta(days=3 - number),
        )
        for number, name in enumerate(["Tidewater", "Marram", "Cormorant AI"])
    ]


def what(page, number):
    return page.locator("#today .what").nth(number)


def test_j_and_k_go_between_the_lines_d_ticks_and_the_focus_goes_to_the_next(page, ada, three, sign_in):
    sign_in(page, ada).goto("/today/")
    expect(page.locator("#today-h")).to_have_text("Three things for today")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(what(page, 1)).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator("#today-h")).to_have_text("Two things for today")
    expect(page.locator(".nav .count")).to_have_text("2 due today")
    expect(page.locator("#live")).to_have_text("Done: Write to Marram. Two things for today.")
    expect(what(page, 1)).to_have_text("Write to Cormorant AI: Cormorant AI")
    expect(what(page, 1)).to_be_focused()
    page.keyboard.press("k")
    expect(what(page, 0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/applications/{three[0].public_id}/")
    three[1].refresh_from_db()
    assert three[1].next_step == ""


def test_s_opens_the_snooze_menu_on_its_first_choice_and_undo_brings_the_line_back(page, ada, three, sign_in):
    sign_in(page, ada).goto("/today/")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Tomorrow").first).to_be_focused()
    page.keyboard.press("j")  # silent in the menu
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Put off until Mon")
    expect(what(page, 0)).to_have_text("Write to Marram: Marram")
    expect(what(page, 0)).to_be_focused()
    assert TodayMark.objects.get().state == "snoozed"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#today-h")).to_have_text("Three things for today")
    expect(what(page, 0)).to_have_text("Write to Tidewater: Tidewater")
    assert not TodayMark.objects.exists()


def test_a_date_is_picked_in_a_dialog_that_says_what_is_wrong(page, ada, three, sign_in):
    sign_in(page, ada).goto("/today/")
    page.locator("[data-snooze]").first.click()
    page.get_by_role("link", name="Pick a date").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Bring it back then").click()
    expect(dialog.locator(".error-summary")).to_contain_text("Enter the day, like 30 11 2026")
    expect(dialog.locator(".error-summary")).to_be_focused()
    day = clock.today(ada) + dt.timedelta(days=9)
    dialog.get_by_label("Until which day").fill(day.isoformat())
    dialog.get_by_role("button", name="Bring it back then").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#today-h")).to_have_text("Two things for today")
    assert TodayMark.objects.get().until == day


def test_keys_are_silent_in_fields_and_when_they_are_switched_off(page, ada, three, sign_in):
    ada.shortcuts = False
    ada.save()
    sign_in(page, ada).goto("/today/")
    what(page, 0).focus()
    for key in "jdsk":
        page.keyboard.press(key)
    expect(what(page, 0)).to_be_focused()
    assert page.locator("[popover]:popover-open").count() == 0
    assert Application.objects.filter(next_step="").count() == 0


def test_without_scripts_lines_are_ticked_put_off_let_go_and_brought_back(plain_page, ada, three, sign_in):
    page = sign_in(plain_page, ada)
    page.goto("/today/")
    page.get_by_role("button", name="Mark done: Write to Tidewater").click()
    expect(page.locator("#today-h")).to_have_text("Two things for today")
    page.locator("[data-snooze]").first.click()
    page.get_by_role("button", name="Tomorrow").first.click()
    expect(page.locator("#today-h")).to_have_text("One thing for today")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#today-h")).to_have_text("Two things for today")
    page.get_by_role("link", name="Why these?").click()
    page.get_by_role("checkbox", name="Next steps").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#today-h")).to_have_text("Nothing due today")


def full(ada):
    """Give Ada a page with everything on it: banner, both groups, a question, what waits."""
    on = clock.today(ada)
    near = ApplicationFactory(student=ada, stage="interviewing", applied_on=on)
    RoundFactory(
        application=near, on=on + dt.timedelta(days=2), place="https://meet.example.org/x", zone="America/Los_Angeles"
    )
    ApplicationFactory(student=ada, stage="preparing", closes_on=on, url="https://jobs.example.org/1")
    ApplicationFactory(student=ada, stage="preparing", closes_on=on + dt.timedelta(days=6))
    old = on - dt.timedelta(days=30)
    ApplicationFactory(student=ada, stage="interested", stage_since=old)
    ApplicationFactory(student=ada, stage="applied", stage_since=old, applied_on=old)


@pytest.mark.parametrize("state", ["new", "done", "full"])
def test_the_page_can_be_used_by_everybody_in_every_state(page, ada, season, sign_in, axe_both, state):
    if state == "full":
        full(ada)
    elif state == "done":
        ApplicationFactory(student=ada, stage_since=clock.today(ada))
        PostingFactory(posted_at=clock.now())
    sign_in(page, ada).goto("/today/")
    assert (axe_both(page), too_small(page)) == ([], [])
    if state == "full":
        page.locator("[data-snooze]").first.click()
        assert axe_both(page, ".later:popover-open") == []
        page.keyboard.press("Escape")
    if state != "new":
        page.get_by_role("link", name="Why these?").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert axe_both(page, "#dialog") == []
        page.keyboard.press("Escape")
    page.set_viewport_size({"width": 320, "height": 640})
    assert (sideways(page), too_small(page)) == ([], [])


def test_a_phone_shows_banner_list_window_and_waiting_and_everything_is_large_enough(phone, ada, season, sign_in):
    full(ada)
    page = sign_in(phone, ada)
    page.goto("/today/")
    parts = [page.locator(part).bounding_box()["y"] for part in (".next", "#do-next", "#window-h", "#waiting-h")]
    assert parts == sorted(parts)
    low = page.locator("main button:visible, main .btn:visible").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().height, e.outerHTML]).filter(([high]) => high < 36)"
    )
    assert low == []
    page.locator("[data-snooze]").first.tap()
    box = page.locator(".later:popover-open").bounding_box()
    assert (box["x"], round(box["width"])) == (0, 390)
