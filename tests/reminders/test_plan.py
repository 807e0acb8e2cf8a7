"""When a reminder is due: against oracles that know nothing of how it is computed."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from applications.season.weeks import working_days_after
from reminders import days as calendar
from reminders import plan
from reminders.days import Hours, Milestone, Span
from reminders.plan import Rule
from tests.instants import DAYS, TIMES, ZONES, candidates

HOURS = Hours(dt.time(8), dt.time(18), 16, 16)
MINUTE = dt.timedelta(minutes=1)


@settings(max_examples=500, deadline=None)
@given(DAYS, TIMES, st.sampled_from(ZONES))
@example(dt.date(2027, 3, 28), dt.time(1, 30), "Europe/London")  # a gap
@example(dt.date(2026, 10, 25), dt.time(1, 30), "Europe/London")  # a fold
@example(dt.date(2026, 11, 1), dt.time(1, 30), "America/New_York")
@example(dt.date(2026, 12, 31), dt.time(23, 59), "Etc/GMT+12")
@example(dt.date(2027, 4, 4), dt.time(1, 45), "Australia/Lord_Howe")  # half an hour
def test_a_wall_time_is_its_first_instant_and_in_a_gap_one_that_is_not_early(day, time, zone):
    found = calendar.wall(day, time, zone)
    wall = dt.datetime.combine(day, time)
    real = candidates(wall, ZoneInfo(zone))
    if real:
        assert found == real[0]
    else:
        local = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        just_before = (found - (local - wall) - MINUTE).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert just_before < wall < local


@settings(max_examples=300, deadline=None)
@given(DAYS, TIMES, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_the_evening_before_is_the_day_before_in_the_persons_own_calendar(day, time, theirs, own):
    starts_at = calendar.wall(day, time, theirs)
    due_at = calendar.evening_before(starts_at, own, HOURS)
    local_start, local_due = starts_at.astimezone(ZoneInfo(own)), due_at.astimezone(ZoneInfo(own))
    assert due_at < starts_at
    assert (local_start.date() - local_due.date()).days == 1
    assert local_due.time() == dt.time(18)


def test_the_default_window_has_its_four_days():
    assert calendar.milestones(dt.date(2026, 10, 1), dt.date(2027, 1, 31), HOURS) == [
        Milestone(Rule.WINDOW_OPENS, dt.date(2026, 9, 15)),
        Milestone(Rule.WINDOW_OPENS, dt.date(2026, 10, 1)),
        Milestone(Rule.WINDOW_HALF, dt.date(2026, 12, 1)),
        Milestone(Rule.WINDOW_CLOSING, dt.date(2027, 1, 15)),
    ]


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        (120, [Rule.WINDOW_OPENS, Rule.WINDOW_HALF, Rule.WINDOW_CLOSING]),
        (34, [Rule.WINDOW_OPENS, Rule.WINDOW_HALF, Rule.WINDOW_CLOSING]),
        (32, [Rule.WINDOW_OPENS, Rule.WINDOW_CLOSING]),
        (17, [Rule.WINDOW_OPENS, Rule.WINDOW_CLOSING]),
        (16, [Rule.WINDOW_OPENS]),
        (1, [Rule.WINDOW_OPENS]),
    ],
)
def test_a_short_window_says_less(days, rules):
    opens_on = dt.date(2026, 10, 1)
    found = calendar.milestones(opens_on, opens_on + dt.timedelta(days=days), HOURS)
    assert [stone.rule for stone in found] == [Rule.WINDOW_OPENS, *rules]


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(1, 400))
def test_milestones_are_in_order_and_all_but_the_first_within_the_window(opens_on, days):
    closes_on = opens_on + dt.timedelta(days=days)
    found = [stone.on for stone in calendar.milestones(opens_on, closes_on, HOURS)]
    assert found == sorted(set(found))
    assert found[0] < found[1] == opens_on
    assert all(opens_on <= day < closes_on for day in found[1:])


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(dt.datetime(2026, 9, 20), dt.datetime(2027, 2, 10), timezones=st.just(dt.UTC)),
    st.sampled_from(ZONES),
)
def test_moments_are_exactly_those_that_fall_into_the_span(at, zone):
    back, ahead = dt.timedelta(hours=72), dt.timedelta(hours=24)
    window = (1, dt.date(2026, 10, 1), dt.date(2027, 1, 31))
    found = {moment.due_at for moment in calendar.moments([window], [zone], Span(at, back, ahead), HOURS)}
    days = [dt.date(2026, 10, 1), dt.date(2026, 12, 1), dt.date(2027, 1, 15)]
    all_of_them = {candidates(dt.datetime.combine(day, dt.time(8)), ZoneInfo(zone))[0] for day in days}
    assert found == {moment for moment in all_of_them if at - back <= moment <= at + ahead}


def test_a_key_always_gives_the_same_message_id():
    first = plan.message_id("interview_tomorrow:round-a:b:mail:once:-1:1", "waymark.example")
    assert first == plan.message_id("interview_tomorrow:round-a:b:mail:once:-1:1", "waymark.example")
    assert first != plan.message_id("interview_tomorrow:round-a:b:mail:once:-1:2", "waymark.example")
    assert first == "<6ee84cfb-7371-5be5-9f6e-74b660d83679@waymark.example>"


def test_the_key_in_the_app_differs_in_the_channel_only():
    assert plan.in_app("window_half:window:p:mail:season-1:0:2026-12-01") == (
        "window_half:window:p:app:season-1:0:2026-12-01"
    )


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 5), (4, 15), (5, 60), (6, 60), (60, 60)])
def test_waits_grow_by_the_table_and_jitter_adds_a_tenth_at_most(attempts, minutes):
    table = (1, 2, 5, 15, 60)
    assert plan.retry_after(attempts, table, 0) == dt.timedelta(minutes=minutes)
    assert plan.retry_after(attempts, table, 1) == dt.timedelta(minutes=minutes * 1.1)


def test_every_rule_has_a_kind_and_every_kind_a_rule():
    assert {rule.kind for rule in Rule} == set(plan.Kind)


def test_only_what_touches_the_account_and_what_a_student_asks_or_says_reach_people_who_are_no_students_unasked():
    for_all = {rule for rule in Rule if not rule.is_for_students}
    told = {Rule.REQUEST_DUE, Rule.REQUEST_ANSWERED, Rule.COMMENTED}
    assert {rule for rule in for_all if rule.kind not in plan.OFF_AT_FIRST} - told == {
        Rule.SIGN_IN,
        Rule.SHARING_CHANGED,
        Rule.LEAVING,
        Rule.EXPORT_READY,
    }


SPAN = dt.timedelta(hours=72), dt.timedelta(hours=24)
INSTANTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC))


@settings(max_examples=200, deadline=None)
@given(INSTANTS, st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True))
def test_mornings_are_every_eight_oclock_of_the_span_and_no_other(at, zones):
    span = Span(at, *SPAN)
    found = {(one.day, one.zone): one.due_at for one in calendar.mornings(span.days(), zones, span, dt.time(8))}
    for zone in zones:
        for days in range(-6, 6):
            day = at.date() + dt.timedelta(days=days)
            (due_at,) = candidates(dt.datetime.combine(day, dt.time(8)), ZoneInfo(zone))[:1] or [None]
            within = due_at is not None and at - SPAN[0] <= due_at <= at + SPAN[1]
            assert found.pop((day, zone), None) == (due_at if within else None)
    assert found == {}


@settings(max_examples=200, deadline=None)
@given(DAYS, st.sampled_from(ZONES))
@example(dt.date(2026, 11, 30), "Etc/GMT+12")
def test_a_day_ends_when_the_next_one_begins_there(day, zone):
    ends_at = calendar.day_ends(day, zone)
    last = (ends_at - dt.timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
    assert last.date() == day
    assert ends_at.astimezone(ZoneInfo(zone)).date() == day + dt.timedelta(days=1)


@settings(max_examples=200, deadline=None)
@given(INSTANTS, st.integers(1, 25))
def test_follow_ups_are_all_days_of_applying_whose_working_days_end_in_the_span(at, working_days):
    span = Span(at, *SPAN)
    sent = [at.date() - dt.timedelta(days=days) for days in range(-10, 60)]
    due = {day: working_days_after(day, working_days) for day in sent}
    assert dict(calendar.follow_ups(span, working_days)) == {day: end for day, end in due.items() if span.touches(end)}
