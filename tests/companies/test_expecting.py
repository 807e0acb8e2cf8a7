"""What is expected of a window rests on earlier years alone, and says on how many."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.expecting import expected, first_seen, misses
from companies.terms import summer

D = dt.date


@pytest.mark.parametrize(
    ("openings", "words"),
    [
        ({2026: D(2025, 9, 14)}, "about 14 Sep, as in one year"),
        ({2026: D(2025, 9, 14), 2025: D(2024, 9, 14)}, "about 14 Sep, as in 2 years"),
        (
            {2026: D(2025, 9, 14), 2025: D(2024, 9, 1), 2024: D(2023, 10, 3)},
            "about 14 Sep, between 1 Sep and 3 Oct in 3 years",
        ),
    ],
)
def test_the_middle_of_earlier_years_is_expected(openings, words):
    assert expected(openings, 2027).words == words


def test_nothing_is_expected_of_nothing_nor_of_the_year_itself():
    assert expected({}, 2027) is None
    assert expected({2027: D(2026, 9, 1), 2028: D(2027, 9, 1)}, 2027) is None


def test_postings_of_another_time_of_year_do_not_count():
    seen = [(2027, D(2026, 9, 20)), (2027, D(2026, 9, 14)), (2027, D(2025, 9, 1)), (2027, D(2027, 7, 1))]
    assert first_seen(seen) == {2027: D(2026, 9, 14)}


def test_the_last_year_is_left_out_when_it_is_measured():
    (miss,) = misses([{2025: D(2024, 9, 14), 2026: D(2025, 9, 24)}, {2026: D(2025, 9, 1)}, {}])
    assert (miss.days, miss.days_of_usual) == (10, -7)


@given(st.dictionaries(st.integers(2020, 2030), st.integers(-140, 200), min_size=1), st.integers(2021, 2032))
def test_it_lies_within_the_range_of_earlier_years(offsets, year):
    openings = {of: summer(of).opens_on + dt.timedelta(days=days) for of, days in offsets.items()}
    found = expected(openings, year)
    earlier = [of for of in openings if of < year]
    assert (found is None) is (not earlier)
    if found:
        assert found.earliest <= found.middle <= found.latest
        assert found.n == len(earlier)
