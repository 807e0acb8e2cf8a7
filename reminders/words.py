"""Turns facts into the words of a letter and of the app's list: the templates' context and the lines made of it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from applications.season import weeks
from applications.season.pace import pace_words
from reminders.plan import Kind, Rule
from reminders.queries import Facts
from tracker.lib.dates import day, full_day, weekday


def context(facts: Facts, *, at: dt.datetime) -> dict[str, object]:
    """Return what the templates of this delivery's rule may say; days and times are in the person's own zone."""
    today = at.astimezone(facts.delivery.person.tz).date()
    return _round_context(facts, today) if facts.round else _window_context(facts, today)


def line(facts: Facts, piece: str, said: dict[str, object]) -> str:
    """Render the one-line piece `subject` or `notice` of the rule."""
    text = render_to_string(f"reminders/letters/{facts.delivery.rule}.{piece}.txt", said)
    return " ".join(text.split())


def target(facts: Facts) -> str:
    """Return the path that the letter's main action and the notice lead to."""
    if facts.round:
        return reverse("applications:round", args=[facts.round.public_id])
    return reverse("applications:window")


def _round_context(facts: Facts, today: dt.date) -> dict[str, object]:
    one = facts.round
    if one is None or one.starts_at is None:
        raise ValueError("A letter about an interview needs its start.")
    own = one.starts_at.astimezone(facts.delivery.person.tz)
    theirs = one.starts_at.astimezone(ZoneInfo(one.zone))
    days = (own.date() - today).days
    return {
        "round": one,
        "application": one.application,
        "company": one.application.company.name,
        "what": one.get_kind_display(),
        "what_then": _within(one.get_kind_display()),
        "near": {0: "Today", 1: "Tomorrow"}.get(days) or day(own),
        "day": weekday(own),
        "short_day": day(own),
        "time": f"{own:%H:%M}",
        "zone": own.tzname(),
        "clock": _clock(own, facts.delivery.person.time_zone),
        "theirs": "" if own.utcoffset() == theirs.utcoffset() else _theirs(theirs, own.date(), one.zone),
        "with_whom": one.get_with_whom_display() if one.with_whom else "",
        "people": one.people,
        "minutes": one.minutes,
        "place": one.place,
        "place_is_link": one.place.startswith(("https://", "http://")) and " " not in one.place,
    }


def _theirs(theirs: dt.datetime, own_day: dt.date, zone: str) -> str:
    other_day = "" if theirs.date() == own_day else f"{day(theirs)}, "
    return f"{other_day}{_clock(theirs, zone)}"


def _clock(moment: dt.datetime, zone: str) -> str:
    """15:00 GMT (London), and 15:00 UTC where the place would only repeat the zone."""
    place = _place(zone)
    return f"{moment:%H:%M} {moment.tzname()}" + ("" if place == moment.tzname() else f" ({place})")


def _window_context(facts: Facts, today: dt.date) -> dict[str, object]:
    window = facts.window
    if window is None:
        raise ValueError("A letter about a window needs it.")
    return {
        "season": window.season.name,
        "opens": full_day(window.opens_on),
        "opens_short": full_day(window.opens_on).rpartition(" ")[0],
        "closes": full_day(window.closes_on),
        "closes_short": full_day(window.closes_on).rpartition(" ")[0],
        "goal": window.goal,
        "sent": window.sent,
        "to_send": window.to_send,
        "weeks": max(0, weeks.count(today, window.closes_on)),
        "pace": pace_words(window.goal, window.sent, opens_on=window.opens_on, closes_on=window.closes_on, on=today),
    }


def _within(label: str) -> str:
    """Return a label as it reads within a sentence: research discussion, ML fundamentals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _place(zone: str) -> str:
    """London for Europe/London; the fixed zone of deadlines has its own name."""
    return "anywhere on earth" if zone == "Etc/GMT+12" else zone.rpartition("/")[2].replace("_", " ")


def why(rule: Rule) -> str:
    """Say why a letter came."""
    return {
        Rule.WINDOW_OPENS: "You get this when your application window opens.",
        Rule.WINDOW_HALF: "You get this once, half-way through your application window.",
        Rule.WINDOW_CLOSING: "You get this once, two weeks before your application window closes.",
        Rule.INTERVIEW_TOMORROW: f"You get this on the day before an interview{at_evening()}.",
    }[rule]


def at_evening() -> str:
    """Return ", at 18:00"; nothing where it leaves as soon as the day begins (the demo)."""
    hour: dt.time = settings.WAYMARK_EVENING
    return f", at {hour:%H:%M}" if hour > dt.time.min else ""


KINDS = {Kind.INTERVIEWS: "interviews", Kind.WINDOW: "the application window"}
