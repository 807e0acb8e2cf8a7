"""Writes a round as a file for calendars (RFC 5545). Pure: what is said of a round comes in as an Occasion."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

USUAL_LENGTH = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a calendar is told of a round; notes and plans are no part of it."""

    uid: str
    revision: int
    title: str
    place: str
    people: str
    url: str
    on: dt.date
    starts_at: dt.datetime | None
    minutes: int | None
    zone: str
    is_off: bool


def calendar_file(occasion: Occasion, *, alarm: dt.timedelta, at: dt.datetime) -> bytes:
    """Return the file: the same entry each time, by its UID, and the later of two by its SEQUENCE."""
    event = Event()
    event.add("uid", occasion.uid)
    event.add("sequence", occasion.revision)
    event.add("dtstamp", at)
    event.add("summary", occasion.title)
    event.add("status", "CANCELLED" if occasion.is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", occasion.url)
    if occasion.place:
        event.add("location", occasion.place)
    if occasion.people:
        event.add("description", f"With {occasion.people}")
    _when(event, occasion)
    if not occasion.is_off:
        event.add_component(_alarm(occasion, alarm))
    return _calendar(event)


def _when(event: Event, occasion: Occasion) -> None:
    """Set start and end on the clock of the invitation; without a time the day as a whole."""
    if occasion.starts_at is None:
        event.add("dtstart", occasion.on)
        event.add("dtend", occasion.on + _DAY)
        return
    zone = ZoneInfo(occasion.zone)
    length = dt.timedelta(minutes=occasion.minutes) if occasion.minutes else USUAL_LENGTH
    event.add("dtstart", occasion.starts_at.astimezone(zone))
    event.add("dtend", (occasion.starts_at + length).astimezone(zone))


def _alarm(occasion: Occasion, before: dt.timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", occasion.title)
    alarm.add("trigger", -before)
    return alarm


def _calendar(event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Waymark//Interview rounds//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
