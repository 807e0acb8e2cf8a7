"""The window planner in a real browser: calendar by keyboard, target, plan, phone, themes, no JavaScript."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from applications.models import PlanStep, SeasonPlan
from tests.browser.looking import sideways, too_small, written_inline
from tests.browser.test_look import SHIFTS
from tests.factories import TODAY, ApplicationFactory, PostingFactory, RoundFactory, UserFactory

SHIFTED = "window.shifts.reduce((sum, shift) => sum + shift, 0)"
FOCUSED = "document.activeElement.querySelector('title')?.textContent"


@pytest.fixture
def november(ada, season, clock):
    """Nine sent of a goal of 24 at three a week, two of them on one day; interviews, closing days, a moved step."""
    for month, day in ((10, 6), (10, 8), (10, 16), (10, 19), (10, 21), (10, 21), (10, 26), (11, 4), (11, 9)):
        ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2026, month, day))
    for day in (13, 20, 27):
        ApplicationFactory(student=ada, stage="preparing", closes_on=dt.date(2026, 11, day))
    held = ApplicationFactory(student=ada, stage="interviewing")
    for day in (4, 12):
        RoundFactory(application=held, on=dt.date(2026, 11, day))
    SeasonPlan.objects.create(
        student=ada, season=season, goal=24, weekly_target=3, starts_on=dt.date(2027, 6, 14), weeks=16,
        planned_on=dt.date(2026, 9, 1), asked_about=dt.date(2026, 11, 2),
    )  # fmt: skip
    PlanStep.objects.create(student=ada, season=season, key="summary", done_on=dt.date(2026, 9, 24))
    PlanStep.objects.create(student=ada, season=season, title="NeurIPS", begins_on=dt.date(2026, 12, 7))
    return ada


@pytest.fixture
def opened(open_page, sign_in, november):
    """Return a function that opens the window page."""

    def opened(**options):
        page = sign_in(open_page(**options), november)
        page.add_init_script(SHIFTS)
        page.goto("/window/", wait_until="networkidle")
        return page

    return opened


def test_the_calendar_is_one_stop_and_arrows_move_by_day_and_week(opened):
    page = opened()
    page.get_by_text("Show as table").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Tue 10 Nov, today: nothing"
    for key, name in (
        ("ArrowDown", "Wed 11 Nov: nothing"),
        ("ArrowDown", "Thu 12 Nov: 1 interview"),
        ("ArrowLeft", "Thu 5 Nov: nothing"),
        ("ArrowUp", "Wed 4 Nov: 1 sent, 1 interview"),
        ("ArrowRight", "Wed 11 Nov: nothing"),
        ("Home", "Thu 1 Oct: nothing"),
        ("ArrowUp", "Thu 1 Oct: nothing"),
        ("End", "Sun 31 Jan: nothing"),
        ("ArrowRight", "Sun 31 Jan: nothing"),
    ):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == name
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#heat')") is None


def test_enter_opens_the_day_and_the_focus_comes_back(opened, axe):
    page = opened()
    day = page.get_by_role("link", name="Wed 21 Oct: 2 sent")
    day.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Wednesday 21 October 2026")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    assert axe(page, "#dialog") == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(day).to_be_focused()


@pytest.mark.parametrize("width", [1360, 390])
def test_the_target_changes_with_its_pace_and_nothing_moves(opened, width):
    page = opened(width=width)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate("window.shifts.length = 0")
    for target, pace in ((2, "2 January"), (1, "23 February")):
        page.get_by_role("button", name="Lower the weekly target").click()
        expect(page.locator("#target b")).to_have_text(str(target))
        expect(page.locator("#pace .v")).to_have_text(pace)
        expect(page.get_by_role("button", name="Lower the weekly target")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#target b")).to_have_text("2")
    expect(page.locator("#step-apply")).to_contain_text("Apply, two a week")
    expect(page.locator("#live")).to_have_text("Weekly target 2. 2 January: When you reach 24 at two a week")
    assert page.evaluate(SHIFTED) < 0.01
    assert SeasonPlan.objects.get().weekly_target == 2


def test_the_target_is_never_red(opened):
    page = opened()
    colours = page.evaluate("[...document.querySelectorAll('.trio *')].map(e => getComputedStyle(e).color)")
    due = page.evaluate("getComputedStyle(document.querySelector('.pill.due')).color")
    assert due not in colours


def test_the_plan_is_ticked_and_taken_back(opened):
    page = opened()
    page.get_by_role("button", name="Tick off: Ask for referrals; write to paper authors").click()
    messages = page.get_by_role("region", name="Messages")
    expect(messages).to_contain_text("Ask for referrals; write to paper authors: done.")
    assert PlanStep.objects.get(key="referrals").done_on == TODAY
    messages.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Tick off: Ask for referrals; write to paper authors")).to_be_visible()
    assert not PlanStep.objects.filter(key="referrals").exists()


def test_without_javascript_target_plan_and_days_work(plain_page, sign_in, november):
    page = sign_in(plain_page, november)
    page.goto("/window/")
    page.get_by_role("button", name="Raise the weekly target").click()
    expect(page.locator("#target b")).to_have_text("4")
    page.get_by_text("Show as table").click()
    page.get_by_role("row", name="Wed 21 Oct 2 0 0").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Wednesday 21 October 2026")).to_be_visible()
    page.goto("/window/")
    page.get_by_role("link", name="Change: A place to live").click()
    page.get_by_label("First day").fill("2027-05-03")
    page.get_by_label("Last day").fill("2027-05-04")
    page.get_by_role("button", name="Save days").click()
    expect(page.locator("#plan")).to_contain_text("3\N{EN DASH}4 May")
    page.get_by_role("link", name="Add a step").click()
    page.get_by_label("What").fill("Workshop week")
    page.get_by_label("First day").fill("2027-02-15")
    page.get_by_role("button", name="Add step").click()
    expect(page.locator("#plan")).to_contain_text("Workshop week")
    page.get_by_role("link", name="Edit dates").click()
    page.get_by_label("Start you would like").fill("2027-09-01")
    page.get_by_role("button", name="Save plan").click()
    expect(page.locator("#plan-h")).to_have_text("Working back from 1 September")


def test_a_phone_scrolls_only_the_calendar_starts_at_this_week_and_offers_the_table_first(opened):
    page = opened(width=390, height=844, has_touch=True, is_mobile=True)
    today, region = page.locator("#heat .td").bounding_box(), page.locator("#heat").bounding_box()
    assert region["x"] <= today["x"] <= region["x"] + region["width"] - today["width"]
    assert page.locator("#heat").get_attribute("tabindex") is not None
    before = "document.querySelector('.twin').compareDocumentPosition(document.getElementById('heat')) & 4"
    assert page.evaluate(before) == 4
    assert sideways(page) == []
    assert too_small(page) == []


@pytest.mark.parametrize("width", [320, 1360])
def test_a_year_long_window_scrolls_within_itself(opened, width, season, ada):
    SeasonPlan.objects.filter(student=ada).update(opens_on=dt.date(2026, 9, 1), closes_on=dt.date(2027, 8, 31))
    page = opened(width=width)
    assert sideways(page) == []


def test_axe_finds_nothing_on_any_page_of_the_window_on_a_phone(opened, axe):
    page = opened(width=390, color_scheme="dark")
    page.get_by_text("Show as table").click()
    assert axe(page) == []
    assert written_inline(page.content()) == []
    for url in ("/window/plan/", "/window/steps/new/", "/window/steps/visa/", f"/window/days/{TODAY}/"):
        page.goto(url)
        assert axe(page) == [], url


@pytest.mark.parametrize("day", [dt.date(2026, 8, 13), dt.date(2027, 2, 22)])
def test_axe_finds_nothing_before_and_after_the_window(november, open_page, sign_in, axe, clock, day):
    PostingFactory(is_research=True)
    clock.move_to(dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC))
    page = sign_in(open_page(), november)
    page.goto("/window/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application window")
    assert axe(page) == []


def test_axe_finds_nothing_on_an_empty_window_nor_in_a_refused_form(open_page, sign_in, axe, season, clock):
    page = sign_in(open_page(), UserFactory(phd_started_on=None))
    page.goto("/window/")
    assert axe(page) == []
    page.get_by_label("How many would you like to send?").fill("0")
    page.get_by_role("button", name="Set goal").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    assert axe(page) == []
    expect(page).to_have_title(re.compile("^Error: "))
