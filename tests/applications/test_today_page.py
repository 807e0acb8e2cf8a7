import datetime as dt

import pytest

from applications.models import Desk, Offer, PrepItem, SeasonPlan, TodayMark
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, PostingFactory, RoundFactory
from tests.words import said


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
    assert response.text.count('class="what"') == min(rows * 3 - 1, 5)  # the first interview is in the banner


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


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (3, "At three a week you reach 24 by 1 January."),
        (1, "At one a week you reach 24 by 13 April. Two would fit the window."),
    ],
)
def test_with_a_target_the_pace_is_a_day(target, words, ada_, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=24, weekly_target=target)
    for number in range(2):
        ApplicationFactory(student=ada, stage="applied", applied_on=days(-number), stage_since=days(-number))
    assert words in ada_.get("/today/").text


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


def test_a_new_student_is_offered_three_ways_to_start(ada_):
    text = ada_.get("/today/").text
    assert text.count('<li><a class="card"') == 3
    assert [f'href="{path}"' in text for path in ("/add/", "/companies/", "/welcome/1/")] == [True] * 3
    assert ("Welcome to Waymark" in text, "Why these?" in text) == (True, False)


def test_when_nothing_is_due_the_page_names_what_is_real(ada_, ada, django_assert_num_queries):
    ApplicationFactory(student=ada)
    assert "Nothing due today" in said(ada_.get("/today/"))
    assert "If you have ten minutes: look again at the one role you saved ." in said(ada_.get("/today/"))
    PostingFactory.create_batch(4)
    PostingFactory(posted_at=NOW - dt.timedelta(days=2))
    with django_assert_num_queries(8):  # and the new postings
        text = said(ada_.get("/today/"))
    assert "If you have ten minutes: look at 4 new postings ." in text


def test_when_nothing_is_due_a_round_ahead_comes_first(ada_, ada):
    far = RoundFactory(application__student=ada, application__company=CompanyFactory(name="Marram"), on=days(5))
    PostingFactory()
    text = ada_.get("/today/").text
    assert (
        f'<a href="/rounds/{far.public_id}/">prepare for Marram on Sun 15 Nov</a>, or <a href="/postings/">look at 1'
        in text
    )


def test_without_anything_real_to_name_the_page_says_it_is_enough(ada_, ada):
    ApplicationFactory(student=ada, stage="applied", applied_on=TODAY)
    assert "That is enough for now." in ada_.get("/today/").text


@pytest.mark.parametrize(
    ("at", "when", "pace"),
    [
        ("2026-09-01", "The window opens on 1 October 2026", "The window opens on 1 October 2026. Get your CV"),
        ("2027-02-01", "The main window has closed", "Some roles are still open, and late ones are fine."),
    ],
)
def test_outside_the_window_the_page_says_so(ada, season, clock, client_of, at, when, pace):
    clock.move_to(dt.datetime.fromisoformat(f"{at}T09:00:00+00:00"))
    ApplicationFactory(student=ada)
    text = said(client_of(ada).get("/today/"))
    assert (f"{when} for summer 2027" in text, pace in text) == (True, True)


def test_the_banner_says_when_in_both_zones_how_ready_one_is_and_where_to_go(ada_, ada):
    there = {"zone": "America/Los_Angeles", "place": "https://meet.example.org/x", "minutes": 60, "time": dt.time(7)}
    one = RoundFactory(application__student=ada, people="Dr Hana Sato", **there)
    for number in range(7):
        PrepItem.objects.create(
            round=one, text="Read", minutes=15, position=number, done_at=NOW if number < 3 else None
        )
    text = ada_.get("/today/").text
    assert "Thu 12 Nov, 07:00 to 08:00 Los Angeles, 15:00 London, with Dr Hana Sato" in text
    assert "3 of 7 ready, 1 hour left" in text
    assert f'href="/rounds/{one.public_id}/">Continue preparing</a>' in text
    assert 'href="https://meet.example.org/x" rel="noopener noreferrer external"' in text
    assert f'href="/rounds/{one.public_id}/round.ics"' in text


def test_a_round_under_way_can_still_be_joined(ada_, ada):
    RoundFactory(
        application__student=ada, on=TODAY, time=dt.time(8, 45), minutes=30, place="https://meet.example.org/x"
    )
    assert "Next interview, today" in ada_.get("/today/").text


def test_an_interview_to_prepare_for_stands_once_in_the_banner_with_its_buttons(ada_, ada):
    one = RoundFactory(application__student=ada, on=days(1))
    other = RoundFactory(application__student=ada, on=days(1), time=dt.time(17))
    page = ada_.get("/today/").text
    assert ">Two things for today</h1>" in page
    banner, _, below = page.partition('<section class="next"')[2].partition("</section>")
    lines = [f"/today/interview-{each.public_id}-20261111/" for each in (one, other)]
    assert [line in part for part in (banner, below) for line in lines] == [True, False, False, True]
    assert 'aria-label="I am prepared: Prepare for research discussion' in banner
    assert (banner.count(f"{lines[0]}done/"), banner.count(f'href="/rounds/{one.public_id}/"')) == (2, 1)
    ada_.post(f"{lines[1]}done/")
    text = said(ada_.get("/today/"))
    assert ("One thing for today" in text, "Nothing else is due today." in text) == (True, True)
    ada_.post(f"{lines[0]}snooze/", {"until": "tomorrow"})
    text = said(ada_.get("/today/"))
    assert ("Nothing due today" in text, "I am prepared" in text, "Next interview" in text) == (True, False, True)


def test_a_round_that_is_prepared_needs_no_line(ada_, ada):
    one = RoundFactory(application__student=ada, on=days(1))
    assert "Prepare for research discussion" in ada_.get("/today/").text
    PrepItem.objects.create(round=one, text="Read", done_at=NOW)
    assert "Prepare for research discussion" not in ada_.get("/today/").text


def test_an_offer_leads_to_the_comparison(ada_, ada):
    application = ApplicationFactory(student=ada, stage="offer", applied_on=days(-30))
    Offer.objects.create(application=application, answer_by=days(3))
    text = ada_.get("/today/").text
    assert ('href="/offers/">Compare' in text, "Your answer is due on Friday." in text) == (True, True)


def test_a_closed_one_is_never_named_whatever_hangs_on_it(ada_, ada):
    gone = ApplicationFactory(
        student=ada, role="Gone", stage="closed", outcome="not_this_time", next_step_on=TODAY, closes_on=TODAY,
        applied_on=days(-20), on_hold=True, way_in="referred",
    )  # fmt: skip
    RoundFactory(application=gone, on=days(-1))
    Offer.objects.create(application=gone, answer_by=TODAY)
    text = ada_.get("/today/?all=1").text
    assert ("Gone" in text, "Not this time" in text) == (False, False)


def test_what_people_type_is_written_as_text(ada_, ada):
    ApplicationFactory(student=ada, company=CompanyFactory(name="<b>"), next_step='"><script>', next_step_on=TODAY)
    text = ada_.get("/today/").text
    assert ('"><script>' in text, "&quot;&gt;&lt;script&gt;: &lt;b&gt;" in text) == (False, True)


def test_each_line_has_a_tick_two_pills_at_most_and_a_snooze(ada_, ada):
    ApplicationFactory(student=ada, stage="preparing", closes_on=days(1))
    text = ada_.get("/today/").text
    row = text[text.index('<ol class="todo">') : text.index("</ol>")]
    assert 'aria-label="I have sent it: Submit ' in row
    assert (row.count('class="pill '), row.count("/snooze/")) == (2, 5)


def test_a_question_has_its_two_answers_in_place_of_a_tick(ada_, ada):
    ApplicationFactory(student=ada, stage_since=days(-30))
    text = ada_.get("/today/").text
    assert ('class="tick"' in text, "Keep<span" in text, "Let it go<span" in text) == (False, True, True)


def test_advice_that_is_switched_off_is_not_given(ada_, ada):
    ApplicationFactory(student=ada)
    assert "Put this advice away" in ada_.get("/today/").text
    Desk.objects.create(student=ada, advice_off=True)
    assert "Put this advice away" not in ada_.get("/today/").text


def test_marks_and_switches_of_others_do_not_count(ada_, ada, mallory):
    mine = ApplicationFactory(student=ada, next_step="Read", next_step_on=TODAY)
    TodayMark.objects.create(student=mallory, key=f"step-{mine.public_id}-20261110", state="done", on=TODAY)
    Desk.objects.create(student=mallory, rules_off=["step"], advice_off=True)
    text = ada_.get("/today/").text
    assert ("Read: " in text, "Put this advice away" in text) == (True, True)


def test_the_menu_counts_what_is_due_on_this_page_only(ada_, ada):
    ApplicationFactory(student=ada, next_step="Read", next_step_on=TODAY)
    counted = [">1<span" in ada_.get(path).text for path in ("/today/", "/companies/")]
    assert (counted, 'id="today-count"' in ada_.get("/companies/").text) == ([True, False], False)


def test_without_any_season_the_page_still_works(ada, clock, client_of):
    ApplicationFactory(student=ada)
    text = client_of(ada).get("/today/").text
    assert "Application window" not in text


def test_a_friends_application_is_not_on_my_page(ada_, mallory):
    ApplicationFactory(student=mallory, company=CompanyFactory(name="Hidden"), stage="preparing", closes_on=TODAY)
    assert "Hidden" not in ada_.get("/today/").text
