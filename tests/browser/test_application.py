"""The application page in a browser: by keyboard, by htmx, without JavaScript, on a phone, light and dark."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from applications.models import Application, InterviewRound
from tests.browser.looking import sideways, too_small
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def northlight(transactional_db):
    from tests.factories import UserFactory

    ada = UserFactory(email="ada@waymark.example", name="Ada Whitlock")
    company = CompanyFactory(name="Northlight Labs")
    return ApplicationFactory(
        student=ada, company=company, role="Graph Learning", stage="interviewing", next_step="Ask Priya",
        stage_since=clock.today(ada), notes="Bring the paper", way_in="asked", referrer="Priya", on_hold=True,
        url="https://jobs.northlight.example/1",
    )  # fmt: skip


def address(application):
    return f"/applications/{application.public_id}/"


def tomorrow(application):
    return clock.today(application.student) + dt.timedelta(days=1)


def type_day(page, day):
    """Type a day into the date field that has the focus, in the order of this browser's language."""
    for order in ("%m%d%Y", "%d%m%Y"):
        page.get_by_label("Date").focus()
        page.keyboard.type(f"{day:{order}}")
        if page.get_by_label("Date").input_value() == day.isoformat():
            return


def test_a_round_for_tomorrow_is_added_by_keyboard_alone(page, sign_in, northlight):
    sign_in(page, northlight.student).goto(address(northlight))
    page.keyboard.press("r")
    page.wait_for_url("**/rounds/new/")
    keys, day = page.keyboard, tomorrow(northlight)
    page.get_by_label("Recruiter chat").focus()
    keys.press("ArrowRight")
    for text in ("", "", "Dr Hana Sato"):
        keys.type(text)
        keys.press("Tab")
    type_day(page, day)
    page.get_by_label("Start").focus()
    keys.type("0300PM")
    page.get_by_label("Minutes").focus()
    keys.type("60")
    keys.press("Enter")
    page.get_by_role("heading", name="Research discussion").wait_for()
    interview = InterviewRound.objects.get()
    assert (interview.kind, interview.people, interview.on) == ("research", "Dr Hana Sato", day)
    expect(page.get_by_text("15:00 to 16:00 London")).to_be_visible()


def test_one_line_logs_and_the_focus_stays_in_the_line(page, sign_in, northlight):
    sign_in(page, northlight.student).goto(address(northlight))
    page.keyboard.press("u")
    page.keyboard.type("Priya said yes")
    page.get_by_role("button", name="Email").click()
    page.locator(".tl .fresh").get_by_text("Priya said yes").wait_for()
    expect(page.locator("#id_text")).to_be_focused()
    expect(page.get_by_label("Log an update")).to_have_value("")
    page.get_by_label("Who sees this").select_option("Shared")
    page.get_by_label("Log an update").fill("Second line")
    page.get_by_role("button", name="Note").click()
    page.locator(".tl li").first.get_by_text("Shared").wait_for()
    assert list(northlight.events.order_by("pk").values_list("text", "is_shared"))[1:] == [
        ("Priya said yes", False),
        ("Second line", True),
    ]


def test_an_empty_line_is_refused_and_said(page, sign_in, northlight):
    sign_in(page, northlight.student).goto(address(northlight))
    page.get_by_role("button", name="Note").click()
    page.get_by_role("link", name="Enter what happened").click()
    expect(page.locator("#id_text")).to_be_focused()


def test_it_all_works_without_javascript(plain_page, sign_in, northlight):
    page = sign_in(plain_page, northlight.student)
    page.goto(address(northlight))
    page.get_by_label("Log an update").fill("Priya said yes")
    page.get_by_role("button", name="Call").click()
    page.locator(".tl").get_by_text("Priya said yes").wait_for()
    page.get_by_role("link", name="Add a round").click()
    page.get_by_label("Coding", exact=True).check()
    page.get_by_label("Date").fill(tomorrow(northlight).isoformat())
    page.get_by_role("button", name="Save round").click()
    page.get_by_role("link", name="Back to the application").click()
    page.locator("#main").get_by_role("button", name="More").click()
    page.locator("#page-menu").get_by_role("link", name="Edit").click()
    page.get_by_label("Place").fill("Cambridge")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Cambridge").wait_for()
    page.get_by_role("link", name="Edit Call").click()
    page.get_by_role("main").get_by_role("button", name="Delete").click()
    page.get_by_text("Deleted: Call").wait_for()
    page.locator("#main").get_by_role("button", name="More").click()
    page.locator("#page-menu").get_by_role("link", name="Delete").click()
    page.get_by_role("main").get_by_role("button", name="Delete").click()
    page.wait_for_url("**/applications/board/")
    assert Application.objects.count() == 0


def test_two_tabs_that_edit_the_same_field_lose_nothing(page, sign_in, northlight):
    first = sign_in(page, northlight.student)
    second = page.context.new_page()
    for tab in (first, second):
        tab.goto(f"{address(northlight)}edit/")
    first.get_by_label("Role").fill("From the first tab")
    first.get_by_role("button", name="Save").click()
    first.wait_for_url(f"**{address(northlight)}")
    second.get_by_label("Role").fill("From the second tab")
    second.get_by_role("button", name="Save").click()
    second.get_by_text("Yours is kept below").wait_for()
    second.get_by_role("button", name="Save again").click()
    second.wait_for_url(f"**{address(northlight)}")
    northlight.refresh_from_db()
    assert (northlight.role, northlight.notes, northlight.on_hold) == ("From the second tab", "Bring the paper", True)


def test_its_pages_are_accessible_and_never_scroll_sideways(open_page, sign_in, northlight, axe):
    interview = RoundFactory(application=northlight, on=tomorrow(northlight), place="https://video.example/1")
    RoundFactory(application=northlight, on=clock.today(northlight.student) - dt.timedelta(days=3))
    here = address(northlight)
    page = sign_in(open_page(width=320, color_scheme="dark"), northlight.student)
    for url in (here, f"{here}edit/", f"{here}rounds/new/", f"/rounds/{interview.public_id}/"):
        page.goto(url)
        assert (url, page.evaluate("document.documentElement.scrollWidth") <= 320, axe(page)) == (url, True, [])


OFFERED = (
    "Dear Ada,\non behalf of Northlight Labs I am delighted to offer you the position of Research Intern.\nBest\nHelen"
)


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "without scripts"])
def test_a_pasted_mail_is_asked_about_and_a_press_takes_its_step(open_page, axe, sign_in, northlight, scripts):
    page = sign_in(open_page(java_script_enabled=scripts, width=320, height=720), northlight.student)
    page.goto(address(northlight))
    page.get_by_label("Log an update").fill(OFFERED)
    page.get_by_role("button", name="Email", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="This reads like")).to_contain_text("Offer")
    expect(page.get_by_role("button", name="Use it")).to_be_focused()
    expect(page.get_by_label("Log an update")).to_have_value(OFFERED)
    if scripts:
        assert (axe(page), sideways(page), too_small(page)) == ([], [], [])
    page.get_by_role("button", name="Use it").click()
    expect(page.locator(".toast").first).to_contain_text("Logged. It is in Offer now.")
    expect(page.locator("#entries")).to_contain_text("delighted to offer you")
    northlight.refresh_from_db()
    assert northlight.stage == "offer"
