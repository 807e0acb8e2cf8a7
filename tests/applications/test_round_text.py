import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.interviews.rounds import Slot, both_times, city, clash, link_of
from tracker.lib.clock import instant, zone_choices

ZONES = st.sampled_from([zone for zone, _ in zone_choices()])
STARTS = st.datetimes(dt.datetime(1990, 1, 2), dt.datetime(2100, 12, 30), timezones=st.just(dt.UTC))


def slot(on, time, zone="Europe/London", minutes=None):
    day, start = dt.date.fromisoformat(on), dt.time.fromisoformat(time)
    return Slot(day, minutes, zone, instant(day, start, zone))


@pytest.mark.parametrize(
    ("theirs", "own", "text"),
    [
        (slot("2026-11-12", "15:00"), "Europe/London", "15:00 London"),
        (slot("2026-11-12", "15:00", minutes=60), "Europe/London", "15:00 to 16:00 London"),
        (slot("2026-11-12", "15:00"), "America/Los_Angeles", "15:00 London, 07:00 Los Angeles"),
        (slot("2026-11-12", "08:00", "Asia/Tokyo"), "Europe/London", "08:00 Tokyo, 23:00 London on Wed 11 Nov"),
        (slot("2026-11-12", "15:00", "Europe/Dublin"), "Europe/London", "15:00 Dublin"),
        (slot("2027-03-16", "15:00", "America/New_York"), "Europe/London", "15:00 New York, 19:00 London"),
        (Slot(None, 60, "Europe/London", None), "Europe/London", ""),
    ],
)
def test_both_times_read_as_people_say_them(theirs, own, text):
    assert both_times(theirs, ZoneInfo(own)) == text


@given(starts_at=STARTS, zone=ZONES, own=ZONES, minutes=st.none() | st.integers(1, 10_080))
def test_the_readers_time_is_left_out_exactly_when_it_is_the_same(starts_at, zone, own, minutes):
    theirs, mine = starts_at.astimezone(ZoneInfo(zone)), starts_at.astimezone(ZoneInfo(own))
    text = both_times(Slot(theirs.date(), minutes, zone, starts_at), ZoneInfo(own))
    assert text.startswith(f"{theirs:%H:%M}")
    assert (", " in text) == (theirs.utcoffset() != mine.utcoffset())
    assert (" on " in text.replace("anywhere on earth", "")) == (theirs.date() != mine.date())


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/Los_Angeles", "Los Angeles"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Etc/GMT+12", "anywhere on earth"),
        ("UTC", "UTC"),
    ],
)
def test_zones_are_called_by_their_city(zone, name):
    assert city(zone) == name


@pytest.mark.parametrize("place", ["https://video.example/1", "http://video.example", " HTTPS://video.example/1 "])
def test_web_addresses_are_links(place):
    assert link_of(place) == place.strip()


@pytest.mark.parametrize(
    "place",
    ["", "Room 4", "javascript:alert(1)", "data:text/html,x", "https://", "https://a b", "https://[", "//evil.example",
     "https://x\u202e.example/", "java\nscript:alert(1)", "ftp://files.example/"],
)  # fmt: skip
def test_everything_else_is_text(place):
    assert link_of(place) == ""


@given(st.text(max_size=60))
def test_no_text_becomes_a_link_of_another_kind(text):
    link = link_of(text)
    assert link == "" or link.lower().startswith(("http://", "https://"))


@given(
    first=STARTS,
    minutes=st.none() | st.integers(1, 600),
    apart=st.integers(-900, 900),
    other=st.none() | st.integers(1, 600),
)
def test_a_clash_is_one_whichever_round_is_looked_at(first, minutes, apart, other):
    a = Slot(first.date(), minutes, "UTC", first)
    b = Slot(first.date(), other, "UTC", first + dt.timedelta(minutes=apart))
    margin = dt.timedelta(hours=1)
    gap = apart - (minutes or 0) if apart >= 0 else -apart - (other or 0)
    assert clash(a, b, margin) == clash(b, a, margin)
    assert apart == 0 or clash(a, b, margin) == (gap < 60)
