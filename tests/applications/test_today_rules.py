import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.choices import WayIn
from applications.referral import Referral
from applications.season import weeks
from applications.season.chart import weekly
from applications.season.pace import pace_words
from applications.season.planning import Step
from applications.stage import Outcome, Stage
from applications.today_rules import (
    RULES,
    Chosen,
    Known,
    Limits,
    Mark,
    Meeting,
    Rule,
    Season,
    arrange,
    headline,
    key_of,
    of_applications,
    of_plan,
    of_season,
    quick_days,
    read_key,
)

ON = dt.date(2026, 11, 10)
AT = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
LIMITS = Limits()
HELD = Referral("asked", on_hold=True)
HOUR = dt.timedelta(hours=1)


def days(number):
    return ON + dt.timedelta(days=number)


def lines(known, chosen=None, *, on=ON):
    """Return the list; a later day is looked at from the same hour."""
    at = AT + (on - ON)
    return arrange(of_applications(known, at=at, on=on, limits=LIMITS, chosen=chosen or Chosen()))


def application(**facts):
    since = {"stage_since": days(-1), "news_on": days(-1)}
    return Known(
        **{"id": "a", "title": "Research Intern", "company": "Tidewater", "stage": "preparing", **since, **facts}
    )


def todo(**facts):
    return lines([application(**facts)])


def meeting(hours, **facts):
    """Return a round that begins so many hours from now and lasts one."""
    starts = AT + hours * HOUR
    return Meeting(
        **{"id": "r", "label": "Coding", "on": starts.date(), "starts_at": starts, "ends_at": starts + HOUR, **facts}
    )


@pytest.mark.parametrize(
    ("facts", "what", "why"),
    [
        (
            {"stage": "interviewing", "meetings": (meeting(47),)},
            "Prepare for coding at Tidewater",
            "Say your summary and your questions aloud once. Show how you think.",
        ),
        (
            {
                "stage": "interviewing",
                "meetings": (meeting(2, label="ML design", ready="3 of 7 ready, 55 minutes left."),),
            },
            "Prepare for ML design at Tidewater",
            "3 of 7 ready, 55 minutes left.",
        ),
        (
            {"stage": "interviewing", "meetings": (Meeting("r", "Coding", days(2)),)},
            "Prepare for coding at Tidewater",
            "Say your summary and your questions aloud once. Show how you think.",
        ),
        ({"stage": "offer", "answer_by": days(1)}, "Answer the offer of Tidewater", "Your answer is due tomorrow."),
        (
            {"stage": "offer", "answer_by": days(-4)},
            "Answer the offer of Tidewater",
            "Your answer was due on Fri 6 Nov. Write to them today.",
        ),
        ({"closes_on": days(3)}, "Submit Research Intern at Tidewater", "The posting closes on Friday."),
        (
            {"closes_on": days(1), "referral": HELD},
            "Submit Research Intern at Tidewater",
            "The posting closes tomorrow. A referral is under way: check with them before you submit.",
        ),
        (
            {"closes_on": days(1), "referral": replace(HELD, way_in="referred", referrer="Priya")},
            "Submit Research Intern at Tidewater",
            "The posting closes tomorrow. Priya referred you: submit now.",
        ),
        (
            {"closes_on": ON, "stage": "interested"},
            "Submit Research Intern at Tidewater",
            "The posting closes today. If you meet most of the requirements, apply.",
        ),
        (
            {"referral": replace(HELD, way_in="referred", referrer="Priya")},
            "Submit Research Intern at Tidewater",
            "Priya referred you: submit now.",
        ),
        (
            {"referral": replace(HELD, way_in="referred")},
            "Submit Research Intern at Tidewater",
            "You are referred: submit now.",
        ),
        (
            {"referral": replace(HELD, way_in="declined", referrer="Priya")},
            "Submit Research Intern at Tidewater",
            "Priya declined: apply directly.",
        ),
        (
            {"referral": replace(HELD, referrer="Priya", hold_until=days(-1))},
            "Submit Research Intern at Tidewater",
            "No answer of Priya by 9 Nov: apply directly.",
        ),
        ({"next_step": "Ask Priya", "next_step_on": days(-2)}, "Ask Priya: Tidewater", "You planned this for 8 Nov."),
        ({"next_step": "Ask Priya", "next_step_on": ON}, "Ask Priya: Tidewater", "You planned this for today."),
        ({"next_step_on": days(2)}, "Take the next step at Tidewater", "You planned this for Thursday."),
        (
            {"stage": "applied", "applied_on": dt.date(2026, 10, 26)},
            "Follow up with Tidewater",
            "You applied 15 days ago. One short note is normal.",
        ),
        (
            {"stage": "interviewing", "meetings": (meeting(-3),)},
            "Note what came up in coding at Tidewater",
            "Has it happened? Five minutes now save an hour before the next one.",
        ),
        (
            {"stage": "interviewing", "meetings": (meeting(-3, scheduled=False),)},
            "Note what came up in coding at Tidewater",
            "Five minutes now save an hour before the next one.",
        ),
        (
            {"stage": "applied", "stage_since": days(-43), "news_on": days(-42)},
            "Decide about Research Intern at Tidewater",
            "No news for 6 weeks. Keep waiting, or close as no reply?",
        ),
        (
            {"stage": "interested", "stage_since": days(-30), "news_on": days(-21)},
            "Decide about Research Intern at Tidewater",
            "You have not touched it for 21 days. Keep, or let it go?",
        ),
    ],
)
def test_each_rule_says_what_to_do_and_why(facts, what, why):
    assert [(one.what, one.why) for one in todo(**facts)] == [(what, why)]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"stage": "interviewing", "meetings": (meeting(49),)},
        {"stage": "interviewing", "meetings": (meeting(20, prepared=True),)},
        {"stage": "interviewing", "meetings": (meeting(-0.5),)},  # under way
        {"stage": "interviewing", "meetings": (Meeting("r", "Coding", days(3)),)},
        {"stage": "interviewing", "meetings": (meeting(-3, debriefed=True),)},
        {"stage": "interviewing", "meetings": (meeting(-9 * 24),)},
        {"stage": "offer", "answer_by": days(8)},
        {"stage": "offer", "answer_by": days(-8)},
        {"stage": "offer", "answer_by": days(1), "outcome": Outcome.ACCEPTED},
        {"stage": "applied", "answer_by": days(1)},
        {"closes_on": days(8)},
        {"closes_on": days(-1)},
        {"closes_on": days(2), "stage": "applied"},
        {"referral": HELD},
        {"referral": replace(HELD, hold_until=ON)},
        {"referral": replace(HELD, way_in="referred"), "stage": "applied"},
        {"next_step_on": days(8)},
        {"stage": "applied", "applied_on": dt.date(2026, 10, 28)},
        {"stage": "applied", "applied_on": dt.date(2026, 10, 26), "followed_up": True},
        {"stage": "applied", "applied_on": dt.date(2026, 9, 1)},
        {"stage": "applied", "stage_since": days(-60), "news_on": days(-41)},
        {"stage": "interviewing", "stage_since": days(-60), "news_on": days(-60), "meetings": (meeting(100),)},
        {"stage": "interested", "stage_since": days(-20), "news_on": days(-20)},
        {"stage": "preparing", "stage_since": days(-60), "news_on": days(-60)},
        {"stage": "closed", "next_step_on": ON, "closes_on": ON, "meetings": (meeting(5), meeting(-5))},
    ],
)
def test_nothing_is_said_where_nothing_is_due(facts):
    assert todo(**facts) == []


@pytest.mark.parametrize(
    ("facts", "today"),
    [
        ({"closes_on": days(3)}, True),
        ({"closes_on": days(4)}, False),
        ({"stage": "offer", "answer_by": days(3)}, True),
        ({"stage": "offer", "answer_by": days(4)}, False),
        ({"next_step_on": ON}, True),
        ({"next_step_on": days(1)}, False),
        ({"stage": "interviewing", "meetings": (meeting(-24),)}, True),
        ({"stage": "interviewing", "meetings": (meeting(-26),)}, False),
        ({"stage": "interviewing", "meetings": (Meeting("r", "Coding", days(-1)),)}, True),
        ({"stage": "interviewing", "meetings": (Meeting("r", "Coding", days(-2)),)}, False),
        ({"stage": "interested", "stage_since": days(-30), "news_on": days(-30)}, False),
    ],
)
def test_what_presses_is_for_today_and_the_rest_for_later_this_week(facts, today):
    assert [one.today for one in todo(**facts)] == [today]


def test_the_rules_stand_in_the_order_of_the_design():
    assert [rule.value for rule in Rule] == [
        "interview", "answer", "gone", "closes", "released", "reply", "step", "person", "follow_up", "outreach",
        "debrief", "target", "missed", "plan", "quiet", "keep",
    ]  # fmt: skip
    assert list(RULES) == list(Rule)


DAYS = st.integers(-60, 15).map(days)
MEETINGS = st.builds(
    meeting,
    st.integers(-240, 240),
    id=st.sampled_from(["r1", "r2", "r3"]),
    scheduled=st.booleans(),
    prepared=st.booleans(),
    debriefed=st.booleans(),
)
KNOWN = st.builds(
    Known,
    id=st.text("abcdef", min_size=1, max_size=4),
    title=st.just("Intern"),
    company=st.just("Firm"),
    stage=st.sampled_from([stage.value for stage in Stage]),
    outcome=st.just(""),
    stage_since=DAYS,
    news_on=DAYS,
    closes_on=st.none() | DAYS,
    next_step=st.sampled_from(["", "Write"]),
    next_step_on=st.none() | DAYS,
    applied_on=st.none() | DAYS,
    referral=st.builds(
        Referral,
        way_in=st.sampled_from(WayIn.values),
        on_hold=st.booleans(),
        hold_until=st.none() | DAYS,
    ),
    followed_up=st.booleans(),
    answer_by=st.none() | DAYS,
    meetings=st.lists(MEETINGS, max_size=2, unique_by=lambda one: one.id).map(tuple),
)
SEVERAL = st.lists(KNOWN, max_size=10, unique_by=lambda one: one.id)
RANK = list(Rule)


@given(SEVERAL, st.randoms())
def test_each_application_has_at_most_one_line_and_a_closed_one_none(known, dice):
    found = lines(known)
    ids = [one.application for one in found]
    assert len(ids) == len(set(ids))
    assert not {one.id for one in known if one.stage == "closed"} & set(ids)
    dice.shuffle(shuffled := list(known))
    assert lines(shuffled) == found


@given(SEVERAL)
def test_what_is_for_today_comes_first_then_the_rules_then_the_days(known):
    order = [(not one.today, RANK.index(one.rule), one.day) for one in lines(known)]
    assert order == sorted(order)


@given(SEVERAL)
def test_what_is_said_of_one_does_not_depend_on_the_others(known):
    together = {one.application: one for one in lines(known)}
    alone = {one.application: one for each in known for one in lines([each])}
    assert together == alone


@given(KNOWN)
def test_an_interview_within_two_days_comes_before_everything_else(one):
    near = [m for m in one.meetings if m.scheduled and not m.prepared and AT <= m.starts_at <= AT + 48 * HOUR]
    found = lines([one])
    assert (bool(found) and found[0].rule is Rule.INTERVIEW) == (one.stage != "closed" and bool(near))


@given(SEVERAL, st.sampled_from(list(Rule)))
def test_switching_a_rule_off_takes_its_lines_away_and_no_others(known, rule):
    before, after = lines(known), lines(known, Chosen(off=frozenset({rule.value})))
    gone = {one.application for one in before if one.rule is rule}
    assert [one for one in after if one.application not in gone] == [one for one in before if one.rule is not rule]
    assert rule not in {one.rule for one in after}  # what stood behind one of its lines may show now


@given(SEVERAL, st.data(), st.integers(1, 9))
def test_a_line_that_is_put_off_is_away_until_its_day(known, data, number):
    found = lines(known)
    if not found:
        return
    one = data.draw(st.sampled_from(found))
    chosen = Chosen(marks={one.key: Mark(days(number))})
    keys = [[line.key for line in lines(known, chosen, on=on)] for on in (ON, days(number - 1))]
    assert [one.key in line for line in keys] == [False, False]
    fresh = {line.key for line in lines(known, on=days(number))}
    assert {line.key for line in lines(known, chosen, on=days(number))} == fresh


@given(SEVERAL, st.data(), st.integers(0, 30))
def test_a_line_that_is_done_stays_away(known, data, number):
    found = lines(known)
    if not found:
        return
    one = data.draw(st.sampled_from(found))
    chosen = Chosen(marks={one.key: Mark()})
    assert one.key not in {line.key for line in lines(known, chosen, on=days(number))}


@pytest.mark.parametrize(
    ("facts", "moved"),
    [
        ({"closes_on": days(2)}, {"closes_on": days(3)}),
        ({"next_step_on": days(0)}, {"next_step_on": days(1)}),
        ({"stage": "offer", "answer_by": days(2)}, {"answer_by": days(5)}),
        ({"stage": "interviewing", "meetings": (meeting(20),)}, {"meetings": (meeting(44),)}),
        ({"stage": "interested", "stage_since": days(-30), "news_on": days(-30)}, {"news_on": days(-21)}),
    ],
)
def test_a_moved_date_brings_the_line_back(facts, moved):
    (ticked,) = todo(**facts)
    chosen = Chosen(marks={ticked.key: Mark()})
    assert lines([application(**facts)], chosen) == []
    assert [one.rule for one in lines([replace(application(**facts), **moved)], chosen)] == [ticked.rule]


def test_long_silence_is_asked_about_once_whatever_came_later():
    waiting = application(stage="applied", stage_since=days(-90), news_on=days(-80))
    (asked,) = lines([waiting])
    chosen = Chosen(marks={asked.key: Mark()})
    assert lines([replace(waiting, news_on=days(-50))], chosen) == []


def week(number, *sent, **facts):
    """Return the season's lines on a day of the week of Monday 9 November (0 is Monday), with a target of three."""
    monday = dt.date(2026, 11, 9)
    on = monday + dt.timedelta(days=number)
    window = {"opens_on": dt.date(2026, 10, 1), "closes_on": dt.date(2027, 1, 31), "weekly_target": 3}
    season = Season(**{**window, "sent": [monday + dt.timedelta(days=day) for day in sent], **facts})
    found = of_season(season, on=on, limits=LIMITS, chosen=Chosen())
    return [(one.rule.value, one.what, one.why) for one in found]


LAST_WEEK_DONE = (-7, -6, -5)


def test_the_weekly_target_speaks_from_thursday_on():
    assert week(2, 0, *LAST_WEEK_DONE) == []
    assert week(3, 0, *LAST_WEEK_DONE, saved=7) == [
        (
            "target",
            "Pick two more roles to apply to",
            "One of three sent this week. You have 7 saved that you have not sent.",
        )
    ]
    assert week(6, 0, 1, *LAST_WEEK_DONE) == [
        ("target", "Pick one more role to apply to", "Two of three sent this week.")
    ]
    assert week(6, 0, 1, 2, *LAST_WEEK_DONE) == []


def test_a_missed_week_is_asked_about_until_it_is_answered():
    asked = ("missed", "Plan this week", "Two were left from last week. Carry them over, or leave them?")
    assert week(0, -7) == [asked]
    assert week(0, -7, asked_about=dt.date(2026, 11, 2)) == []
    assert week(0, -7, -6) == [("missed", "Plan this week", "One was left from last week. Carry it over, or leave it?")]


def test_what_was_carried_over_counts_this_week():
    carried = {"asked_about": dt.date(2026, 11, 2), "carried": 2}
    assert week(3, 0, -7, **carried) == [("target", "Pick four more roles to apply to", "One of five sent this week.")]


@pytest.mark.parametrize(
    "facts", [{"weekly_target": None}, {"opens_on": dt.date(2026, 12, 1)}, {"closes_on": dt.date(2026, 11, 1)}]
)
def test_without_a_target_and_outside_the_window_the_week_asks_for_nothing(facts):
    assert week(4, **facts) == []


def test_the_target_never_asks_for_more_than_the_goal():
    assert week(4, 0, *LAST_WEEK_DONE, goal=5)[0][1] == "Pick one more role to apply to"
    assert week(4, 0, *LAST_WEEK_DONE, goal=4) == []


def plan(on, *steps, marks=None):
    found = of_plan(steps, on=on, limits=LIMITS, chosen=Chosen(marks=marks or {}))
    return [(one.what, one.why, one.today) for one in found]


VISA = Step("visa", "Visa, if you need one", "Often 8 to 12 weeks", dt.date(2027, 3, 10), dt.date(2027, 5, 5))


def test_a_step_of_the_plan_speaks_in_its_first_week_and_before_its_end():
    first = ("Start on the visa, if you need one", "Often 8 to 12 weeks. Your plan has this from Wed 10 Mar.", False)
    last = ("Start on the visa, if you need one", "Often 8 to 12 weeks. Your plan has this until Wed 5 May.", False)
    today = ("Start on the visa, if you need one", "Often 8 to 12 weeks. Your plan has this today.", True)
    asked = {day: plan(day, VISA) for day in (dt.date(2027, 3, 7), dt.date(2027, 3, 8), dt.date(2027, 4, 10))}
    assert list(asked.values()) == [[], [first], []]
    assert [plan(dt.date(2027, 5, day), VISA) for day in (1, 5, 6)] == [[last], [today], []]


def test_a_step_that_is_done_or_has_lines_of_its_own_is_not_named():
    on = dt.date(2027, 3, 10)
    assert plan(on, replace(VISA, done_on=on), replace(VISA, key="apply"), replace(VISA, key="scheme")) == []


def test_a_step_of_ones_own_speaks_in_ones_own_words():
    conference = Step("k2m4p6", "NeurIPS", "", days(4), days(9), is_own=True)
    assert plan(ON, conference) == [("NeurIPS", "Your plan has this from Sat 14 Nov.", False)]


@given(
    st.sampled_from(list(Rule)), st.from_regex(r"[0-9A-Za-z_-]{1,40}", fullmatch=True), st.dates(dt.date(1990, 1, 1))
)
def test_a_key_is_read_back(rule, thing, day):
    assert read_key(key_of(rule, thing, day)) == (rule.value, thing)


@given(st.text())
def test_any_text_is_read_as_a_key_or_as_none(text):
    assert read_key(text) == ("", "") or len(text) <= 80


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_a_snooze_ends_tomorrow_or_on_the_next_monday(on):
    ends = quick_days(on)
    assert ends["tomorrow"] == on + dt.timedelta(days=1)
    assert (ends["monday"].weekday(), 1 <= (ends["monday"] - on).days <= 7) == (0, True)


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
