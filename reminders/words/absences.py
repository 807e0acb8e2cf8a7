"""The one question to whoever has not been here for a month of their window."""

import datetime as dt

from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.absences import Absence
from reminders.words.family import Family, about, page
from tracker.lib.dates import full_day


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:  # noqa: ARG001 - days, not instants
    absence = about(facts, Absence)
    return {"season": absence.window.season.name, "closes": full_day(absence.window.closes_on)}


ABSENCES = Family(
    _context,
    lambda facts: page("applications:today"),  # noqa: ARG005 - there is one
    lambda: {Rule.PAUSE_QUESTION: "You get this once, after 30 days without a visit."},
)
