"""Letters about the application window."""

import datetime as dt

from applications.season import weeks
from applications.season.pace import pace_words
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.words.family import Family, page
from tracker.lib.dates import full_day


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:
    window = facts.window
    if window is None:
        raise ValueError("A letter about a window needs it.")
    today = at.astimezone(facts.delivery.person.tz).date()
    return {
        "season": window.season.name,
        "opens": full_day(window.opens_on),
        "opens_short": full_day(window.opens_on).rpartition(" ")[0],
        "is_open": today >= window.opens_on,
        "closes": full_day(window.closes_on),
        "closes_short": full_day(window.closes_on).rpartition(" ")[0],
        "goal": window.goal,
        "sent": window.sent,
        "to_send": window.to_send,
        "weeks": max(0, weeks.count(today, window.closes_on)),
        "pace": pace_words(window.goal, window.sent, opens_on=window.opens_on, closes_on=window.closes_on, on=today),
    }


def _target(facts: Facts) -> str:  # noqa: ARG001 - there is one
    return page("applications:window")


def _why() -> dict[Rule, str]:
    return {
        Rule.WINDOW_OPENS: "You get this when your application window opens.",
        Rule.WINDOW_HALF: "You get this once, half-way through your application window.",
        Rule.WINDOW_CLOSING: "You get this once, two weeks before your application window closes.",
    }


WINDOWS = Family(_context, _target, _why)
