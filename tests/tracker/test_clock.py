import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.clock import ANYWHERE_ON_EARTH, instant, zone_choices

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))


def test_anywhere_on_earth_is_twelve_hours_behind_utc_all_year():
    assert instant(dt.date(2027, 2, 1), dt.time(23, 59), ANYWHERE_ON_EARTH) == dt.datetime(
        2027, 2, 2, 11, 59, tzinfo=dt.UTC
    )
    assert instant(dt.date(2027, 7, 1), dt.time(0, 0), ANYWHERE_ON_EARTH) == dt.datetime(2027, 7, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "time", "zone", "expected"),
    [
        # The gap: 01:30 does not exist on 29 March 2026 in London; the offset before the change gives 01:30 UTC.
        (dt.date(2026, 3, 29), dt.time(1, 30), "Europe/London", dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)),
        # The fold: 01:30 comes twice on 25 October 2026; the first is still summer time.
        (dt.date(2026, 10, 25), dt.time(1, 30), "Europe/London", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
        (dt.date(2026, 12, 31), dt.time(23, 30), "America/New_York", dt.datetime(2027, 1, 1, 4, 30, tzinfo=dt.UTC)),
        (dt.date(1, 1, 1), dt.time(0, 0), "Asia/Tokyo", dt.datetime(1, 1, 1, tzinfo=dt.UTC)),
        (dt.date(9999, 12, 31), dt.time(23, 0), "America/Los_Angeles", dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC)),
    ],
)
def test_wall_time_becomes_the_right_instant(day, time, zone, expected):
    assert instant(day, time, zone) == expected


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.times(), ZONES)
def test_an_instant_shows_the_wall_time_it_came_from_unless_that_never_was(day, time, zone):
    back = instant(day, time, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = dt.datetime.combine(day, time.replace(tzinfo=None))
    assert back == wanted or back > wanted  # in a gap, later than asked for and never earlier


def test_the_list_of_zones_begins_with_anywhere_on_earth_and_has_only_real_ones():
    names = [name for name, _ in zone_choices()]
    assert names[:2] == [ANYWHERE_ON_EARTH, "UTC"]
    assert {"Europe/London", "America/New_York", "Asia/Tokyo"} <= set(names)
    assert [name for name in names if not ZoneInfo(name)] == []
