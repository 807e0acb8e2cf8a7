"""Turns facts into the words of a letter and of the app's list: the templates' context and the lines made of it.

Days and times are in the person's own zone. What a letter is about decides its family.
"""

import datetime as dt

from django.template.loader import render_to_string

from reminders.plan import Kind, Rule
from reminders.queries import Facts
from reminders.words.absences import ABSENCES
from reminders.words.access import OWN_DATA, SHARING, SIGN_INS
from reminders.words.applications import APPLICATIONS
from reminders.words.asking import ASKING
from reminders.words.digests import DIGESTS
from reminders.words.people import PEOPLE
from reminders.words.programmes import PROGRAMMES
from reminders.words.proposals import PROPOSALS
from reminders.words.rounds import ROUNDS, at_evening
from reminders.words.weeks import WEEKS
from reminders.words.windows import WINDOWS

__all__ = ["KINDS", "at_evening", "context", "line", "target", "why"]

_LONGEST_LINE = 200
_ALL = (
    SIGN_INS,
    SHARING,
    OWN_DATA,
    ROUNDS,
    APPLICATIONS,
    WEEKS,
    PROGRAMMES,
    WINDOWS,
    DIGESTS,
    ABSENCES,
    PROPOSALS,
    ASKING,
    PEOPLE,
)
_FAMILIES = {rule: family for family in _ALL for rule in family.why()}


def context(facts: Facts, *, at: dt.datetime) -> dict[str, object]:
    """Return what the templates of this delivery's rule may say; ValueError without the facts it tells of."""
    return _FAMILIES[Rule(facts.delivery.rule)].context(facts, at)


def line(facts: Facts, piece: str, said: dict[str, object]) -> str:
    """Render the one-line piece `subject` or `notice` of the rule, as long as a notice may be."""
    text = " ".join(render_to_string(f"reminders/letters/{facts.delivery.rule}.{piece}.txt", said).split())
    return text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 1]}…"


def target(facts: Facts) -> str:
    """Return the path that the letter's main action and the notice lead to."""
    return _FAMILIES[Rule(facts.delivery.rule)].target(facts)


def why(rule: Rule) -> str:
    """Say why a letter came."""
    return _FAMILIES[rule].why()[rule]


KINDS = {
    Kind.INTERVIEWS: "interviews",
    Kind.OFFERS: "answers to offers",
    Kind.CLOSING: "closing dates",
    Kind.FOLLOW_UPS: "follow-ups",
    Kind.WEEKLY: "the weekly plan",
    Kind.WINDOW: "the application window",
    Kind.PROGRAMMES: "programmes and schemes",
    Kind.PROPOSALS: "proposal results",
    Kind.REQUESTS: "requests and comments",
    Kind.DIGEST: "your students",
    Kind.ACCESS: "sharing and access",
    Kind.PAUSE: "pausing",
}
