"""The rule that spreads preparation over days."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from applications.interviews.preparing import days_left, is_weekend, spread

TUESDAY = dt.date(2026, 11, 10)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
MINUTES = st.lists(st.integers(1, 600), max_size=60)


@given(DAYS, st.integers(0, 90), st.booleans())
def test_days_end_the_day_before_the_round_unless_it_is_today(today, distance, weekends):
    on = today + dt.timedelta(distance)
    days = days_left(today, on, weekends=weekends)
    assert days == sorted(set(days))
    assert days[0] >= today
    assert days[-1] == today if distance < 2 else days[-1] < on
    assert weekends is False or len(days) == max(1, distance)


@given(DAYS, st.integers(0, 90))
def test_weekends_are_left_out_unless_there_is_nothing_else(today, distance):
    every = days_left(today, today + dt.timedelta(distance), weekends=True)
    chosen = days_left(today, today + dt.timedelta(distance), weekends=False)
    if all(is_weekend(day) for day in every):
        assert chosen == every
    else:
        assert chosen == [day for day in every if not is_weekend(day)]


@given(DAYS, st.integers(1, 90))
def test_after_the_round_and_without_a_date_there_are_no_days(today, distance):
    assert days_left(today, today - dt.timedelta(distance), weekends=True) == []
    assert days_left(today, None, weekends=True) == []


@given(MINUTES, st.integers(1, 40))
def test_every_item_has_one_of_the_days_in_order_and_no_day_has_much_more_than_its_share(minutes, count):
    days = [TUESDAY + dt.timedelta(n) for n in range(count)]
    placed = spread(minutes, days)
    assert len(placed) == len(minutes)
    assert set(placed) <= set(days)
    assert placed == sorted(placed)
    loads = [sum(m for m, on in zip(minutes, placed, strict=True) if on == day) for day in days]
    assert all(load <= sum(minutes) / count + max(minutes, default=0) for load in loads)


@given(MINUTES)
def test_without_days_nothing_has_a_day(minutes):
    assert spread(minutes, []) == [None] * len(minutes)


def test_equal_items_take_a_day_each():
    days = days_left(TUESDAY, dt.date(2026, 11, 13), weekends=False)
    assert spread([30, 30, 30], days) == days == [dt.date(2026, 11, 10), dt.date(2026, 11, 11), dt.date(2026, 11, 12)]
