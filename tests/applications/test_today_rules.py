import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import weeks
from applications.chart import weekly
from applications.pace import pace_words
from applications.stage import Stage
from applications.today_rules import Known, Limits, Rule, do_next, headline

ON = dt.date(2026, 11, 10)
AT = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
LIMITS = Limits()


def todo(**facts):
    one = {"id": "a", "title": "Research Intern", "company": "Tidewater", "stage": "preparing", **facts}
    return do_next([Known(**one)], at=AT, on=ON, limits=LIMITS)


def days(number):
    return ON + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("facts", "what", "why"),
    [
        (
            {"closes_on": days(3)},
            "Submit Research Intern at Tidewater",
            "The posting closes on Friday.",
        ),
        (
            {"closes_on": days(1), "on_hold": True},
            "Submit Research Intern at Tidewater",
            "The posting closes tomorrow. A referral is under way: check with them before you submit.",
        ),
        (
            {"closes_on": ON, "stage": "interested"},
            "Submit Research Intern at Tidewater",
            "The posting closes today. If you meet most of the requirements, apply.",
        ),
        (
            {"next_step": "Ask Priya", "next_step_on": days(-2)},
            "Ask Priya: Tidewater",
            "You planned this for 8 Nov.",
        ),
        ({"next_step_on": days(2)}, "Take the next step at Tidewater", "You planned this for Thursday."),
        (
            {"stage": "applied", "applied_on": dt.date(2026, 10, 26)},
            "Follow up with Tidewater",
            "You applied 15 days ago. One short note is normal.",
        ),
        (
            {"stage": "interviewing", "interview": "ML fundamentals", "interview_at": AT + dt.timedelta(hours=47)},
            "Prepare for ML fundamentals at Tidewater",
            "Say your summary and your questions aloud once. Show how you think.",
        ),
    ],
)
def test_each_rule_says_what_to_do_and_why(facts, what, why):
    found = todo(**facts)
    assert [(one.what, one.why) for one in found] == [(what, why)]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"closes_on": days(8)},
        {"closes_on": days(-1)},
        {"closes_on": days(2), "stage": "applied"},
        {"next_step_on": days(8)},
        {"stage": "applied", "applied_on": dt.date(2026, 10, 28)},
        {"stage": "applied", "applied_on": dt.date(2026, 10, 26), "followed_up": True},
        {"stage": "applied", "applied_on": dt.date(2026, 9, 1)},
        {"stage": "interviewing", "interview": "Coding", "interview_at": AT + dt.timedelta(hours=49)},
        {"stage": "interviewing", "interview": "Coding", "interview_at": AT - dt.timedelta(minutes=1)},
        {"stage": "closed", "next_step_on": ON, "closes_on": ON},
    ],
)
def test_nothing_is_said_where_nothing_is_due(facts):
    assert todo(**facts) == []


@pytest.mark.parametrize(("away", "today"), [(0, True), (3, True), (4, False), (7, False)])
def test_what_closes_within_three_days_is_for_today(away, today):
    assert [one.today for one in todo(closes_on=days(away))] == [today]


KNOWN = st.builds(
    Known,
    id=st.text("abcdef", min_size=1, max_size=4),
    title=st.just("Intern"),
    company=st.just("Firm"),
    stage=st.sampled_from([s.value for s in Stage]),
    closes_on=st.none() | st.integers(-5, 15).map(days),
    next_step=st.sampled_from(["", "Write"]),
    next_step_on=st.none() | st.integers(-5, 15).map(days),
    applied_on=st.none() | st.integers(-60, 0).map(days),
    on_hold=st.booleans(),
    followed_up=st.booleans(),
    interview=st.just("Coding"),
    interview_at=st.none() | st.integers(-5, 100).map(lambda hours: AT + dt.timedelta(hours=hours)),
)


@given(st.lists(KNOWN, max_size=12, unique_by=lambda one: one.id), st.randoms())
def test_the_list_has_each_application_once_in_a_fixed_order_and_no_closed_one(known, dice):
    found = do_next(known, at=AT, on=ON, limits=LIMITS)
    ids = [one.id for one in found]
    assert len(ids) == len(set(ids))
    assert not {one.id for one in known if one.stage == "closed"} & set(ids)
    assert [one.today for one in found] == sorted((one.today for one in found), reverse=True)
    shuffled = list(known)
    dice.shuffle(shuffled)
    assert do_next(shuffled, at=AT, on=ON, limits=LIMITS) == found


@given(st.lists(KNOWN, max_size=8, unique_by=lambda one: one.id))
def test_what_is_said_of_one_does_not_depend_on_the_others(known):
    together = {one.id: one for one in do_next(known, at=AT, on=ON, limits=LIMITS)}
    alone = {one.id: one for each in known for one in do_next([each], at=AT, on=ON, limits=LIMITS)}
    assert together == alone


@given(KNOWN)
def test_an_interview_within_two_days_comes_before_everything_else(one):
    found = do_next([one], at=AT, on=ON, limits=LIMITS)
    soon = one.stage != "closed" and one.interview_at and AT <= one.interview_at <= AT + dt.timedelta(hours=48)
    assert (bool(found) and found[0].rule is Rule.INTERVIEW) == bool(soon)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "Nothing due today"), (1, "One thing for today"), (3, "Three things for today"), (11, "11 things for today")],
)
def test_the_heading_states_the_amount(count, words):
    assert headline(count) == words


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 40))
def test_working_days_are_counted_one_by_one(day, number):
    expected, left = day, number
    while left:
        expected += dt.timedelta(days=1)
        left -= expected.weekday() < 5
    found = weeks.working_days_after(day, number)
    assert found == expected if number else found <= day


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 366), st.integers(-50, 420))
def test_weeks_of_a_window_run_from_1_to_their_count(opens, length, away):
    closes, on = opens + dt.timedelta(days=length), opens + dt.timedelta(days=away)
    number, count = weeks.number(opens, closes, on), weeks.count(opens, closes)
    assert (1 <= number <= count) == (opens <= on <= closes)
    assert weeks.number(opens, closes, opens) == 1
    assert weeks.number(opens, closes, closes) == count


def test_the_default_window_has_18_weeks():
    window = dt.date(2026, 10, 1), dt.date(2027, 1, 31)
    assert (weeks.count(*window), weeks.number(*window, ON)) == (18, 7)


@given(st.lists(st.integers(-20, 150), max_size=40), st.integers(-20, 150))
def test_the_bars_add_up_to_what_was_sent_within_the_window(sent, now):
    opens, closes = dt.date(2026, 10, 1), dt.date(2027, 1, 31)
    days_sent = [opens + dt.timedelta(days=n) for n in sent]
    chart = weekly(opens, closes, days_sent, opens + dt.timedelta(days=now))
    assert len(chart.bars) == 18
    assert sum(bar.sent for bar in chart.bars) == sum(opens <= day <= closes for day in days_sent)
    assert [name for _, name in chart.months] == ["Oct", "Nov", "Dec", "Jan"]
    assert all(0 <= float(bar.y) <= 55.1 and float(bar.height) <= 51 for bar in chart.bars)


@pytest.mark.parametrize(
    ("goal", "sent", "on", "words"),
    [
        (24, 9, ON, "15 to go in 12 weeks: between 1 and 2 a week."),
        (24, 24, ON, "You reached your goal. Anything more is a bonus."),
        (12, 11, ON, "1 to go in 12 weeks: less than one a week."),
        (None, 3, ON, "Set a goal to see how many a week that is."),
        (33, 9, ON, "24 to go in 12 weeks: 2 a week."),
        (10, 9, dt.date(2027, 1, 29), "1 to go, in the last week."),
        (10, 2, dt.date(2027, 2, 1), "The main window has closed. Some roles are still open, and late ones are fine."),
        (
            10, 0, dt.date(2026, 9, 1),
            "The window opens on 1 October 2026. Get your CV and a two-page research summary ready.",
        ),
    ],
)  # fmt: skip
def test_the_pace_is_plain_division(goal, sent, on, words):
    assert pace_words(goal, sent, opens_on=dt.date(2026, 10, 1), closes_on=dt.date(2027, 1, 31), on=on) == words
