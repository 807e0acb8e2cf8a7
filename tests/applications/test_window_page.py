import datetime as dt

import pytest

from applications.models import SeasonPlan
from applications.queries.window import window_of
from companies.models import Season
from tests.factories import TODAY, ApplicationFactory, SeasonFactory


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


@pytest.fixture
def next_year(db):
    return SeasonFactory(
        name="Summer 2028",
        slug="summer-2028",
        opens_on=dt.date(2027, 10, 1),
        closes_on=dt.date(2028, 1, 31),
        starts_on=dt.date(2028, 6, 1),
    )


def test_without_a_plan_the_season_whose_window_ends_next_counts(ada, season, next_year):
    assert [window_of(ada, on).season for on in (TODAY, dt.date(2027, 1, 31), dt.date(2027, 2, 1))] == [
        "Summer 2027", "Summer 2027", "Summer 2028",
    ]  # fmt: skip


def test_a_planned_season_comes_before_an_earlier_one(ada, season, next_year):
    SeasonPlan.objects.create(student=ada, season=next_year, goal=5)
    assert (window_of(ada, TODAY).season, window_of(ada, TODAY).goal) == ("Summer 2028", 5)


def test_the_plan_of_another_student_does_not_count(ada, mallory, season, next_year):
    SeasonPlan.objects.create(student=mallory, season=next_year, goal=5, opens_on=dt.date(2026, 1, 1))
    window = window_of(ada, TODAY)
    assert (window.season, window.goal, window.opens_on) == ("Summer 2027", None, season.opens_on)


def test_ones_own_days_hold_and_keep_the_season_open_longer(ada, season, next_year):
    SeasonPlan.objects.create(student=ada, season=season, closes_on=dt.date(2027, 3, 31))
    window = window_of(ada, dt.date(2027, 3, 1))
    assert (window.season, window.opens_on, window.closes_on) == (
        "Summer 2027", dt.date(2026, 10, 1), dt.date(2027, 3, 31),
    )  # fmt: skip


def test_after_the_last_window_the_latest_season_stays(ada, season, next_year):
    assert window_of(ada, dt.date(2030, 1, 1)).season == "Summer 2028"


def test_there_is_no_window_without_a_season(ada):
    assert window_of(ada, TODAY) is None


def test_the_week_is_0_before_and_one_more_than_all_after(ada, season):
    window = window_of(ada, TODAY)
    days = (dt.date(2026, 9, 30), dt.date(2026, 10, 1), TODAY, dt.date(2027, 1, 31), dt.date(2027, 2, 1))
    assert [window.week(on) for on in days] == [0, 1, 7, 18, 19]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(ada_, ada, django_assert_num_queries, rows):
    for _ in range(rows):
        ApplicationFactory(student=ada, stage="preparing", closes_on=TODAY)
        ApplicationFactory(student=ada, stage="applied", applied_on=TODAY)
    ada_.get("/window/")
    with django_assert_num_queries(6):  # session, person, bell, window, sent, closing
        response = ada_.get("/window/")
    assert f'<p class="v num">{rows}</p>' in response.text


def test_it_says_when_where_and_what_the_talk_says(ada_):
    text = ada_.get("/window/").text
    for words in (
        "1 October 2026 to 31 January 2027",
        "Week 7 of 18",
        "October to January is the best time to apply",
        "Most internships are in summer and last 3 to 6 months",
        "summer of year 2 or 3",
        "usually close in February",
    ):
        assert words in text


def test_a_goal_and_own_days_are_kept(ada_, ada, season):
    form = {"goal": "12", "opens_on": "2026-09-01", "closes_on": "2027-01-31"}
    assert ada_.post("/window/", form).url == "/window/"
    plan = SeasonPlan.objects.get()
    assert (plan.goal, plan.opens_on, plan.closes_on) == (12, dt.date(2026, 9, 1), None)
    ada_.post("/window/", {"goal": "", "opens_on": "", "closes_on": ""})
    assert SeasonPlan.objects.values_list("goal", "opens_on", "closes_on").get() == (None, None, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"goal": "0"}, "Enter a number from 1 to 200."),
        ({"goal": "-3"}, "Enter a number from 1 to 200."),
        ({"goal": "9" * 400}, "Enter a number from 1 to 200."),
        ({"goal": "many"}, "Enter a whole number, like 20."),
        ({"opens_on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"closes_on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"closes_on": "31.1.27"}, "Enter the day, like 30 11 2026"),
        ({"opens_on": "2027-02-01"}, "The window closes before it opens."),
        ({"closes_on": "2028-01-31"}, "Use a window of at most a year."),
        ({"goal": "1\0"}, "Enter a whole number, like 20."),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence_and_kept_in_the_form(ada_, wrong, sentence):
    form = {"goal": "12", "opens_on": "2026-10-01", "closes_on": "2027-01-31", **wrong}
    response = ada_.post("/window/", form)
    assert (response.status_code, sentence in response.text) == (422, True)
    assert "There is a problem" in response.text
    for typed in form.values():
        assert f'value="{typed}"' in response.text
    assert not SeasonPlan.objects.exists()


def test_without_a_season_the_page_says_so(ada, clock, client_of):
    assert not Season.objects.exists()
    client = client_of(ada)
    assert "No season yet" in client.get("/window/").text
    assert client.post("/window/", {"goal": "3"}).status_code == 200
