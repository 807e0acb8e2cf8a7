"""The writer of calendars, read by strangers: any text, any zone, any instant."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.ical import events, strict, text
from tracker.lib.clock import zone_choices
from tracker.lib.ical import Entry, calendar

STAMPED = dt.datetime(2026, 11, 10, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.date(2026, 11, 12)
ZONES = [zone for zone, _ in zone_choices()]
BREAKS = str.maketrans(dict.fromkeys("\r\u0085\u2028\u2029", "\n"))


def entry(uid="one@host", **facts):
    return Entry(
        **{"uid": uid, "sequence": 1, "stamped": STAMPED, "title": "Talk", "begins": DAY, "ends": DAY, **facts}
    )


def timed(at, zone, length=HOUR):
    tz = ZoneInfo(zone)
    return entry(f"{zone}-{at.isoformat()}", begins=at.astimezone(tz), ends=(at + length).astimezone(tz))


@given(st.text(max_size=400))
@example("a,b;c\\n\\,\\;\\")
@example("BEGIN:VEVENT\r\nATTACH:evil\rEND\nX")
@example("é" * 80 + "\U0001f393" * 40)
@example("\x00\x0b\x1b\x7f\x85\u2028\u2029\ufeff|")
@example(" leading and trailing ")
def test_a_title_comes_back_as_it_was_but_for_what_no_calendar_can_hold(title):
    content = calendar([entry(title=title)])
    ((_, read, begins, ends, _),) = events(content).values()
    expected = title.replace("\r\n", "\n").translate(BREAKS)
    kept = "".join(
        c for c in expected if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160 or c in "\ufeff\ufffe\uffff")
    )
    assert text(strict(content), "SUMMARY") == kept == read
    assert (begins, ends) == (DAY, DAY + dt.timedelta(days=1))


@settings(max_examples=50)
@given(
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 12, 30)),
    st.sampled_from(ZONES),
    st.integers(min_value=1, max_value=1440),
)
@example(dt.datetime(2026, 10, 25, 0, 30), "Europe/London", 60)  # ends in the hour that comes twice
@example(dt.datetime(2026, 10, 25, 1, 30), "Europe/London", 60)  # begins in its second pass
@example(dt.datetime(2027, 3, 28, 0, 59), "Europe/London", 2)  # over the hour that is left out
@example(dt.datetime(2026, 11, 12, 10, 0), "Pacific/Kiritimati", 45)
@example(dt.datetime(2027, 2, 7, 1, 30), "Africa/Casablanca", 60)
@example(dt.datetime(2027, 4, 4, 0, 0), "Australia/Lord_Howe", 60)  # half an hour of summer time
@example(dt.datetime(2026, 10, 25, 0, 30), "Europe/Dublin", 60)  # summer is its standard
@example(dt.datetime(2026, 11, 12, 10, 0), "Etc/GMT+12", 45)
def test_both_readers_see_the_instants_whatever_the_zone_does(at, zone, minutes):
    begins, length = at.replace(second=0, microsecond=0, tzinfo=dt.UTC), dt.timedelta(minutes=minutes)
    ((_, _, read_begin, read_end, _),) = events(calendar([timed(begins, zone, length)])).values()
    assert (read_begin, read_end) == (begins, begins + length)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_each_hour_around_every_change_of_the_clock_is_read_right_from_one_file(zone):
    began, tz = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), ZoneInfo(zone)
    hours = [began + n * HOUR for n in range(400 * 24)]
    near = [
        at for at in hours if (at - 9 * HOUR).astimezone(tz).utcoffset() != (at + 9 * HOUR).astimezone(tz).utcoffset()
    ]
    entries = [timed(at, zone, dt.timedelta(minutes=30)) for at in near]
    assert len(entries) == 36  # two changes
    read = events(calendar(entries))
    assert {uid: begins for uid, (_, _, begins, _, _) in read.items()} == {
        one.uid: one.begins.astimezone(dt.UTC) for one in entries
    }


def test_a_change_of_the_clock_is_told_on_the_clock_as_it_went_before():
    lines = calendar([timed(STAMPED, "Europe/London")]).decode().split("\r\n")
    summer = lines.index("DTSTART:20260329T010000")
    assert lines[summer - 1 : summer + 4] == [
        "BEGIN:DAYLIGHT", "DTSTART:20260329T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST",
    ]  # fmt: skip
    assert "DTSTART:20261025T020000" in lines


def test_a_zone_is_described_once_and_utc_never():
    one, other = STAMPED, STAMPED + dt.timedelta(days=200)
    content = calendar([timed(one, "Asia/Tokyo"), timed(other, "Asia/Tokyo"), timed(one, "UTC")]).decode()
    assert content.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART:20261110T090000Z" in content


def test_the_same_entries_are_the_same_bytes():
    entries = [timed(STAMPED, zone) for zone in ("Asia/Tokyo", "Europe/London", "America/New_York")]
    assert calendar(entries) == calendar(list(entries))
