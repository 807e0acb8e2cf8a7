"""Letters about interview rounds: the evening before, the hour before, the debrief."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from applications.interviews.rounds import link_of
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts import Meeting
from reminders.words.family import Family, clock_time, within
from tracker.lib.dates import day, weekday

_NOTES = 2
_MINUTE = dt.timedelta(minutes=1)
_HOUR = 60
_ABOUT_AN_HOUR = 50


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:
    meeting = facts.about
    if not isinstance(meeting, Meeting) or meeting.round.starts_at is None:
        raise ValueError("A letter about an interview needs it, and its start.")
    one, person = meeting.round, facts.delivery.person
    own = meeting.round.starts_at.astimezone(person.tz)
    theirs = own.astimezone(ZoneInfo(one.zone))
    return {
        "round": one,
        "application": one.application,
        "company": one.application.company.name,
        "what": one.get_kind_display(),
        "what_then": within(one.get_kind_display()),
        "near": _near(own, at.astimezone(person.tz)),
        "soon": _soon(own - at),
        "day": weekday(own),
        "short_day": day(own),
        "time": f"{own:%H:%M}",
        "zone": own.tzname(),
        "clock": clock_time(own, person.time_zone),
        "theirs": "" if own.utcoffset() == theirs.utcoffset() else _theirs(theirs, own.date(), one.zone),
        "with_whom": one.get_with_whom_display() if one.with_whom else "",
        "people": one.people,
        "minutes": one.minutes,
        "place": one.place,
        "place_is_link": bool(link_of(one.place)),
        "ready": meeting.ready,
        "file": settings.SITE_URL + reverse("applications:round-ics", args=[one.public_id]),
        "notes": [line.strip() for line in one.notes.splitlines() if line.strip()][:_NOTES],
    }


def _near(own: dt.datetime, now: dt.datetime) -> str:
    return {0: "Today", 1: "Tomorrow"}.get((own.date() - now.date()).days) or day(own)


def _soon(left: dt.timedelta) -> str:
    """In one hour, or how many minutes are left when the letter leaves late."""
    minutes = max(1, left // _MINUTE)
    if _ABOUT_AN_HOUR <= minutes <= _HOUR:
        return "In one hour"
    return f"In {minutes} minute{'s' * (minutes != 1)}"


def _theirs(theirs: dt.datetime, own_day: dt.date, zone: str) -> str:
    other_day = "" if theirs.date() == own_day else f"{day(theirs)}, "
    return f"{other_day}{clock_time(theirs, zone)}"


def _target(facts: Facts) -> str:
    page = "applications:round-debrief" if facts.delivery.rule == Rule.DEBRIEF else "applications:round"
    return reverse(page, args=[facts.round.public_id if facts.round else ""])


def at_evening() -> str:
    """Return ", at 18:00"; nothing where it leaves as soon as the day begins (the demo)."""
    hour: dt.time = settings.WAYMARK_EVENING
    return f", at {hour:%H:%M}" if hour > dt.time.min else ""


def _why() -> dict[Rule, str]:
    return {
        Rule.INTERVIEW_TOMORROW: f"You get this on the day before an interview{at_evening()}.",
        Rule.INTERVIEW_SOON: "You get this because you asked for a reminder an hour before interviews.",
        Rule.DEBRIEF: "You get this once, two hours after an interview.",
    }


ROUNDS = Family(_context, _target, _why)
