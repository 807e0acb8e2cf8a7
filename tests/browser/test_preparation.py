"""Rounds in a browser: ticks, the key T, the form that asks first, debriefs; without JavaScript, on a phone, dark."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from applications.models import Debrief, InterviewRound, PrepItem, PrepSet, Question
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory, UserFactory
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def interview(transactional_db):
    ada = UserFactory(email="ada@waymark.example", name="Ada Whitlock")
    application = ApplicationFactory(
        student=ada, company=CompanyFactory(name="Northlight Labs"), stage="interviewing", stage_since=clock.today(ada)
    )
    for slug, kind, texts in (("research", "research", ["Own paper"]), ("coding", "coding", ["Graphs", "Trees"])):
        prep_set = PrepSet.objects.create(slug=slug, name=slug.title(), kind=kind)
        for place, text in enumerate(texts):
            prep_set.items.create(text=text, minutes=30, position=place)
    one = RoundFactory(application=application, on=clock.today(ada) + dt.timedelta(days=3))
    for place, text in enumerate(("Read two papers", "Five-minute talk", "Three questions")):
        PrepItem.objects.create(round=one, text=text, minutes=20, position=place)
    return one


def address(interview, rest=""):
    return f"/rounds/{interview.public_id}/{rest}"


def done(interview):
    return [item.done_at is not None for item in interview.prep.order_by("position")]


def box(page, name):
    return page.get_by_role("checkbox", name=name)


def test_a_tick_is_saved_at_once_and_a_second_press_takes_it_back(page, sign_in, interview):
    sign_in(page, interview.application.student).goto(address(interview))
    box(page, "Five-minute talk").click()
    page.get_by_text("1 of 3 ready, 40 minutes left").first.wait_for()
    expect(box(page, "Five-minute talk")).to_be_checked()
    assert done(interview) == [False, True, False]
    box(page, "Five-minute talk").click()
    page.get_by_text("0 of 3 ready, 1 hour left").first.wait_for()
    assert done(interview) == [False, False, False]


def test_t_ticks_the_line_that_has_the_focus_and_the_focus_stays(page, sign_in, interview):
    sign_in(page, interview.application.student).goto(address(interview))
    page.keyboard.press("t")
    assert done(interview) == [False] * 3
    box(page, "Read two papers").focus()
    page.keyboard.press("t")
    page.get_by_text("1 of 3 ready").first.wait_for()
    expect(box(page, "Read two papers")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("t")
    page.get_by_text("2 of 3 ready").first.wait_for()
    assert done(interview) == [True, True, False]


def test_the_keys_of_a_line_are_silent_where_somebody_types(page, sign_in, interview):
    sign_in(page, interview.application.student).goto(address(interview, "prep/"))
    page.get_by_label("What to do").press("t")
    assert (page.get_by_label("What to do").input_value(), done(interview)) == ("t", [False] * 3)


def test_a_tick_from_the_page_of_the_application_is_the_same(page, sign_in, interview):
    sign_in(page, interview.application.student).goto(f"/applications/{interview.application.public_id}/")
    box(page, "Three questions").click()
    page.get_by_text("1 of 3 ready").first.wait_for()
    assert done(interview) == [False, False, True]


def test_another_kind_shows_its_plan_before_it_is_saved(page, sign_in, interview):
    sign_in(page, interview.application.student).goto(address(interview, "edit/"))
    page.get_by_text("1 thing to prepare, about 30 minutes").wait_for()
    page.get_by_label("Coding", exact=True).check()
    page.get_by_text("2 things to prepare, about 1 hour").wait_for()
    page.get_by_label("Time zone").select_option("America/Los_Angeles")
    page.get_by_text("15:00 Los Angeles, 23:00 London").wait_for()
    assert InterviewRound.objects.get().kind == "research"


@pytest.mark.parametrize("kind_of_page", ["page", "plain_page"])
def test_a_round_in_the_past_is_asked_about_and_kept(request, sign_in, interview, kind_of_page):
    page = request.getfixturevalue(kind_of_page)
    sign_in(page, interview.application.student).goto(address(interview, "edit/"))
    page.get_by_label("Date").fill((interview.on - dt.timedelta(days=9)).isoformat())
    if kind_of_page == "page":
        page.locator("#prep").get_by_text("This is in the past. Has it happened?").wait_for()
    page.get_by_label("Notes, only for you").fill("Bring the paper")
    page.get_by_role("button", name="Save round").click()
    page.get_by_role("alert").get_by_text("This is in the past. Has it happened?").wait_for()
    expect(page.get_by_label("Notes, only for you")).to_have_value("Bring the paper")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Keep it and save").click()
    page.get_by_role("heading", name="Research discussion").wait_for()
    interview.refresh_from_db()
    assert interview.notes == "Bring the paper"


def test_without_javascript_a_plan_is_made_ticked_changed_and_learnt_from(plain_page, sign_in, interview):
    interview.prep.all().delete()
    page = sign_in(plain_page, interview.application.student)
    page.goto(address(interview))
    page.get_by_role("button", name="Make a plan").click()
    box(page, "Own paper").click()
    expect(page.get_by_text("1 of 1 ready").first).to_be_visible()
    page.get_by_role("link", name="Edit plan").click()
    page.get_by_label("What to do").fill("Write three questions")
    page.get_by_role("button", name="Add the line").click()
    page.get_by_role("button", name="Take out: Own paper").click()
    page.get_by_role("button", name="Undo").click()
    page.goto(address(interview, "debrief/"))
    page.get_by_label("What came up").fill("Why graphs?\nProve the bound.")
    page.get_by_label("Mixed").check()
    page.get_by_role("button", name="Save debrief").click()
    page.get_by_role("heading", name="Debrief").wait_for()
    assert list(interview.prep.order_by("position").values_list("text", flat=True)) == [
        "Own paper",
        "Write three questions",
    ]
    assert (Debrief.objects.get().felt, Question.objects.count()) == ("mixed", 2)
    page.goto("/questions/?q=bound")
    page.get_by_role("link", name="Prove the bound.").click()
    page.get_by_label("What you would answer").fill("By induction")
    page.get_by_role("button", name="Save answer").click()
    expect(page.get_by_text("By induction")).to_be_visible()


def test_every_page_of_a_round_reads_well_on_a_phone(open_page, sign_in, axe, interview):
    other = RoundFactory(application=interview.application, kind="research", status="done")
    Debrief.objects.create(round=other, went_well="Said the plan", felt="hard", written_on=interview.on)
    question = Question.objects.create(round=other, text="Why graphs?", answer="They are everywhere")
    talk = interview.application.team_talks.create(name="Geometry", state="talking")
    page = sign_in(open_page(color_scheme="dark", width=320), interview.application.student)
    item = interview.prep.first()
    for url in (
        address(interview),
        address(interview, "edit/"),
        address(interview, "prep/"),
        address(interview, "debrief/"),
        f"/prep/{item.public_id}/edit/",
        "/questions/",
        "/questions/?q=nothing",
        f"/questions/{question.public_id}/",
        f"/teams/{talk.public_id}/edit/",
    ):
        page.goto(url)
        assert axe(page) == [], url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url


def test_what_is_pressed_on_a_phone_is_large_enough(phone, sign_in, interview):
    sign_in(phone, interview.application.student).goto(address(interview))
    boxes = [one.bounding_box() for one in phone.get_by_role("checkbox").all()]
    assert [size for size in boxes if size["width"] < 40 or size["height"] < 40] == []
