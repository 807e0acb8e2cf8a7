"""The weekly plan."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings

from applications.today_rules import Dated
from applications.today_rules import Rule as Line
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.weeks import Week
from reminders.words.family import Family, about, page
from tracker.lib.dates import day

_PARTS = 3


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:  # noqa: ARG001 - the week knows its day
    week = about(facts, Week)
    window, on, tz = week.window, week.on, facts.delivery.person.tz
    inside = window is not None and window.opens_on <= on <= window.closes_on
    most = settings.WAYMARK_PLAN_LINES
    return {
        "counts": ", ".join(list(_counts(week))[:_PARTS]),
        "week": f"Week {window.week(on)} of {window.weeks}" if window and inside else "",
        "sent": week.sent,
        "goal": window.goal if window else None,
        "to_send": week.to_send,
        "lines": [(_when(line, on, tz), line.what) for line in week.lines[:most]],
        "more": max(0, len(week.lines) - most),
    }


def _counts(week: Week) -> Iterator[str]:
    """Yield "2 to send", "1 interview" and so on; how many dates there are when none of them is any of these."""
    found = (
        (week.to_send or week.count(Line.CLOSES), ("to send", "to send")),
        (week.count(Line.INTERVIEW), ("interview", "interviews")),
        (week.count(Line.ANSWER), ("offer to answer", "offers to answer")),
        (week.count(Line.FOLLOW_UP, Line.OUTREACH), ("follow-up", "follow-ups")),
    )
    said = [f"{number} {names[number != 1]}" for number, names in found if number]
    yield from said or [f"{len(week.lines)} date{'s' * (len(week.lines) != 1)}"]


def _when(line: Dated, on: dt.date, tz: ZoneInfo) -> str:
    if line.starts_at:
        own = line.starts_at.astimezone(tz)
        return f"{day(own)}, {own:%H:%M} {own.tzname()}"
    return day(line.day) if line.day >= on else "Now"


WEEKS = Family(
    _context,
    lambda facts: f"{page('applications:today')}?all=1",  # noqa: ARG005 - there is one
    lambda: {Rule.WEEKLY_PLAN: "You get this once a week, on the day and at the hour of your choice."},
)
