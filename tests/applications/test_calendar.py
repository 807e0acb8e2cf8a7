"""Rounds as files for calendars."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tests.ical import events, strict, text, value


@pytest.fixture
def file_of(ada, client_of, clock):
    company = CompanyFactory(name="Northlight; Labs, Inc.\\Europe")
    application = ApplicationFactory(student=ada, company=company)

    def file_of(**facts):
        interview = RoundFactory(application=application, **facts)
        response = client_of(ada).get(f"/rounds/{interview.public_id}/round.ics")
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return interview, response.content

    return file_of


def test_a_round_is_read_as_it_is(file_of):
    interview, content = file_of(
        minutes=45, zone="America/Los_Angeles", place="https://video.example/42?a=1,2;b", people="Dr Hana Sato, Jo"
    )
    parts = strict(content)
    assert text(parts, "SUMMARY") == "Interview: research discussion, Northlight; Labs, Inc.\\Europe"
    assert text(parts, "LOCATION") == "https://video.example/42?a=1,2;b"
    assert text(parts, "DESCRIPTION") == "With Dr Hana Sato, Jo"
    assert value(parts, "DTSTART") == (";TZID=America/Los_Angeles", "20261112T150000")
    assert value(parts, "DTEND") == (";TZID=America/Los_Angeles", "20261112T154500")
    assert value(parts, "TZID", "VCALENDAR/VTIMEZONE") == ("", "America/Los_Angeles")
    assert value(parts, "TRIGGER", "VCALENDAR/VEVENT/VALARM")[1] == "-PT60M"
    assert value(parts, "STATUS") == ("", "CONFIRMED")
    (event,) = Calendar.from_ical(content).events
    assert event.start == dt.datetime(2026, 11, 12, 15, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert event.start.astimezone(dt.UTC) == interview.starts_at


def test_a_file_of_the_same_round_is_the_same_entry_and_counts_its_changes(file_of, ada, client_of):
    interview, content = file_of()
    before = strict(content)
    interview.version = 4
    interview.status = "cancelled"
    interview.save()
    after = strict(client_of(ada).get(f"/rounds/{interview.public_id}/round.ics").content)
    assert value(before, "UID") == value(after, "UID")
    assert interview.public_id in value(after, "UID")[1]
    assert (value(before, "SEQUENCE")[1], value(after, "SEQUENCE")[1]) == ("1", "4")
    assert value(after, "STATUS")[1] == "CANCELLED"
    assert [name for where, name, *_ in after if where.endswith("VALARM")] == []


def test_without_a_time_it_is_the_day(file_of):
    _, content = file_of(time=None)
    parts = strict(content)
    assert value(parts, "DTSTART") == (";VALUE=DATE", "20261112")
    assert value(parts, "DTEND") == (";VALUE=DATE", "20261113")


def test_without_a_length_it_is_an_hour(file_of):
    _, content = file_of()
    assert value(strict(content), "DTEND") == (";TZID=Europe/London", "20261112T160000")


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "UTC", "Asia/Kolkata", "Europe/Zurich"])
def test_every_zone_is_the_instant_it_names(file_of, zone):
    interview, content = file_of(zone=zone, minutes=30)
    ((_, _, begins, ends, _),) = events(content).values()
    assert begins == interview.starts_at
    assert ends - begins == dt.timedelta(minutes=30)


def test_long_and_foreign_text_is_folded_between_letters(file_of):
    place = "Zürich, Gebäude «Ост», " + "ä" * 300 + " 🎓" * 40
    _, content = file_of(place=place, people="X\r\nATTACH:evil\nBEGIN:VEVENT")
    parts = strict(content)
    assert text(parts, "LOCATION") == place
    assert [name for _, name, *_ in parts if name == "ATTACH"] == []


def test_private_notes_are_no_part_of_it(file_of):
    interview, content = file_of(notes="CANARY")
    interview.prep.create(text="CANARY")
    assert b"CANARY" not in content


def test_a_round_without_a_date_and_those_of_others_have_no_file(ada, mallory, grace, client_of, clock):
    undated = RoundFactory(application=ApplicationFactory(student=ada), on=None, time=None)
    dated = RoundFactory(application=undated.application)
    assert client_of(ada).get(f"/rounds/{undated.public_id}/round.ics").status_code == 404
    for who in (mallory, grace):
        assert client_of(who).get(f"/rounds/{dated.public_id}/round.ics").status_code == 404
