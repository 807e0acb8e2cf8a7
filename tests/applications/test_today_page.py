import datetime as dt

import pytest

from applications.models import SeasonPlan
from tests.factories import TODAY, ApplicationFactory, CompanyFactory, RoundFactory


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def days(number):
    return TODAY + dt.timedelta(days=number)


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_a_fixed_number_of_questions(ada_, ada, django_assert_num_queries, rows):
    for n in range(rows):
        ApplicationFactory(student=ada, stage="preparing", closes_on=days(2))
        ApplicationFactory(student=ada, stage="applied", applied_on=days(-20), stage_since=days(-20))
        RoundFactory(application__student=ada, on=days(1), time=dt.time(10 + n))
    ada_.get("/today/")
    with django_assert_num_queries(7):  # session, person, bell, rounds, window, summary, applications
        response = ada_.get("/today/")
    assert response.text.count('class="what"') == min(rows * 3, 5)


def test_five_things_are_shown_then_all(ada_, ada):
    for n in range(7):
        ApplicationFactory(student=ada, stage="preparing", closes_on=days(n))
    text = ada_.get("/today/").text
    assert (text.count('class="what"'), "Four things for today" in text, "Show 2 more" in text) == (5, True, True)
    assert ada_.get("/today/?all=1").text.count('class="what"') == 7


def test_the_heading_states_the_amount_and_the_banner_the_next_interview(ada_, ada):
    application = ApplicationFactory(student=ada, stage="interviewing", company=CompanyFactory(name="Northlight Labs"))
    RoundFactory(application=application, people="Dr Hana Sato")
    ApplicationFactory(student=ada, stage="preparing", closes_on=days(1))
    text = ada_.get("/today/").text
    assert ">One thing for today</h1>" in text
    assert "Research discussion with Northlight Labs" in text
    assert "Thu 12 Nov, 15:00 London, with Dr Hana Sato" in text
    assert "Next interview, in 2 days" in text


def test_a_round_without_a_time_is_announced_with_its_day(ada_, ada):
    RoundFactory(application__student=ada, time=None)
    assert "Thu 12 Nov, time not set" in ada_.get("/today/").text


@pytest.mark.parametrize(("on", "status"), [(8, "scheduled"), (2, "cancelled"), (-1, "scheduled")])
def test_no_banner_for_what_is_far_off_past_or_cancelled(ada_, ada, on, status):
    RoundFactory(application__student=ada, on=days(on), status=status)
    assert 'class="next"' not in ada_.get("/today/").text


def test_later_this_week_is_apart(ada_, ada):
    ApplicationFactory(student=ada, stage="preparing", closes_on=days(6))
    text = ada_.get("/today/").text
    assert (">Nothing due today</h1>" in text, "Later this week" in text) == (True, True)


def test_closed_ones_never_appear(ada_, ada):
    closed = ApplicationFactory(student=ada, role="Gone", stage="closed", outcome="not_this_time", next_step_on=TODAY)
    RoundFactory(application=closed)
    assert "Gone" not in ada_.get("/today/").text


def test_the_window_counts_what_was_sent_in_it(ada_, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=24)
    for on in (dt.date(2026, 9, 30), dt.date(2026, 10, 1), TODAY):
        ApplicationFactory(student=ada, stage="applied", applied_on=on, stage_since=on)
    text = ada_.get("/today/").text
    assert "2 of 24 sent" in text
    assert "Week 7 of 18" in text
    assert "22 to go in 12 weeks: between 1 and 2 a week." in text


def test_a_posting_link_opens_from_the_row(ada_, ada):
    ApplicationFactory(student=ada, stage="preparing", closes_on=days(1), url="https://jobs.example.org/1")
    assert 'href="https://jobs.example.org/1" rel="noopener noreferrer external"' in ada_.get("/today/").text


def test_a_follow_up_is_due_once(ada_, ada):
    application = ApplicationFactory(
        student=ada, stage="applied", applied_on=dt.date(2026, 10, 26), stage_since=dt.date(2026, 10, 26)
    )
    assert "You applied 15 days ago. One short note is normal." in ada_.get("/today/").text
    application.events.create(kind="email", on=days(-1))
    assert "One short note is normal." not in ada_.get("/today/").text


def test_a_new_student_is_offered_ways_to_start(ada_):
    text = ada_.get("/today/").text
    assert ("Paste a link" in text, "Look at companies" in text, "Import" in text) == (True, True, False)


def test_without_any_season_the_page_still_works(ada, clock, client_of):
    ApplicationFactory(student=ada)
    text = client_of(ada).get("/today/").text
    assert "Application window" not in text


def test_a_friends_application_is_not_on_my_page(ada_, mallory):
    ApplicationFactory(student=mallory, company=CompanyFactory(name="Hidden"), stage="preparing", closes_on=TODAY)
    assert "Hidden" not in ada_.get("/today/").text
