"""The rules by name and order, the lines they make, and what a student ticked, put off or switched off. Pure."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from applications.season.pace import in_words


class Rule(StrEnum):
    """Why something is to be done; the order is that of the list."""

    INTERVIEW = "interview"
    ANSWER = "answer"
    GONE = "gone"
    CLOSES = "closes"
    RELEASED = "released"
    REPLY = "reply"
    STEP = "step"
    PERSON = "person"
    FOLLOW_UP = "follow_up"
    OUTREACH = "outreach"
    DEBRIEF = "debrief"
    TARGET = "target"
    MISSED = "missed"
    PLAN = "plan"
    QUIET = "quiet"
    KEEP = "keep"


RANK = {rule: rank for rank, rule in enumerate(Rule)}

RULES: dict[Rule, tuple[str, str]] = {
    Rule.INTERVIEW: ("Interviews", "An interview within 48 hours that you have not prepared for."),
    Rule.ANSWER: ("Offers", "An offer whose answer is due within 7 days."),
    Rule.GONE: (
        "Closed postings",
        "Asked once, when the posting of a role you have not sent yet has closed or is not found.",
    ),
    Rule.CLOSES: ("Closing dates", "A posting that closes within 7 days, until you have sent your application."),
    Rule.RELEASED: (
        "Referrals",
        "An application you held back, once somebody has referred you, declined, or let the last day pass.",
    ),
    Rule.REPLY: ("Replies", "Somebody answered you, and you have not written since."),
    Rule.STEP: ("Next steps", "The next step you noted for an application, from a week before its day."),
    Rule.PERSON: ("People", "The next step you noted with somebody, from a week before its day."),
    Rule.FOLLOW_UP: ("Follow-ups", "One short note, 10 working days after you applied. Never a second one."),
    Rule.OUTREACH: (
        "Notes to people",
        "One more note, 10 working days after you wrote to somebody and heard nothing. Never a third one.",
    ),
    Rule.DEBRIEF: ("Debriefs", "What came up in a round, while it is fresh; kept for a week."),
    Rule.TARGET: ("Weekly target", "From Thursday on, when fewer are sent than you planned for the week."),
    Rule.MISSED: ("Last week", "Asked once when something was left: carry it over, or leave it."),
    Rule.PLAN: ("Steps of your plan", "What your plan has for this week, such as asking about a visa."),
    Rule.QUIET: ("Long silence", "Asked once, after 6 weeks without news: keep waiting, or close as no reply."),
    Rule.KEEP: ("Undecided", "A role you saved as Interested and have not touched for 21 days."),
}
"""What each rule is called, and the sentence that says when it speaks."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The intervals of the rules; a follow-up is worth writing until `quiet` after applying."""

    interview: dt.timedelta = dt.timedelta(hours=48)
    week: dt.timedelta = dt.timedelta(days=7)
    pressing: dt.timedelta = dt.timedelta(days=3)
    fresh: dt.timedelta = dt.timedelta(hours=24)
    follow_up_working_days: int = 10
    quiet: dt.timedelta = dt.timedelta(weeks=6)
    untouched: dt.timedelta = dt.timedelta(days=21)
    target_from: int = 3  # Thursday


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: a sentence that begins with a verb, why, and by which day.

    `thing` is the public id of the application or round it is about, or a name such as "week"; `occurrence` is the day
    that tells this time from the next one, mostly the day itself.
    """

    rule: Rule
    thing: str
    day: dt.date
    what: str
    why: str
    today: bool
    application: str = ""
    occurrence: dt.date | None = None

    @property
    def key(self) -> str:
        """Name the line in addresses and marks."""
        return key_of(self.rule, self.thing, self.occurrence or self.day)

    def covers(self, step: str) -> bool:
        """Say whether a next step asks for the same as the line: "Submit: the CV is ready"."""
        first = _WORD.match(step)
        return first is not None and first[0].casefold() in _VERBS.get(self.rule, ())


_WORD = re.compile(r"\w+")
_SEND = ("submit", "apply")
_VERBS = {
    Rule.INTERVIEW: ("prepare",),
    Rule.ANSWER: ("answer",),
    Rule.CLOSES: _SEND,
    Rule.RELEASED: _SEND,
    Rule.FOLLOW_UP: ("follow",),
    Rule.DEBRIEF: ("note", "debrief"),
}
"""The words with which somebody would begin to note the same thing as a next step."""


_KEY = re.compile(r"([a-z_]{1,20})-([0-9A-Za-z_-]{1,40})-(\d{8})", re.ASCII)


def key_of(rule: str, thing: str, day: dt.date) -> str:
    """Name one occurrence of a line: "closes-k3x9w2m7p5q4-20261113"."""
    return f"{rule}-{thing}-{day.isoformat().replace('-', '')}"


def read_key(key: str) -> tuple[str, str]:
    """Return rule and thing of a key; nothing twice when it is none of ours."""
    found = _KEY.fullmatch(key)
    return (found[1], found[2]) if found and len(key) <= _LONGEST_KEY else ("", "")


_LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that was ticked or let go, or put off until a day."""

    until: dt.date | None = None

    def hides(self, on: dt.date) -> bool:
        """Say whether the line stays away on this day."""
        return self.until is None or on < self.until


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a student made of the rules and of their lines."""

    off: frozenset[str] = frozenset()
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def shows(self, todo: Todo, on: dt.date) -> bool:
        """Say whether a line is to be seen."""
        mark = self.marks.get(todo.key)
        return todo.rule not in self.off and not (mark and mark.hides(on))


def order(todo: Todo) -> tuple[bool, int, dt.date, str, str]:
    """Put what is for today first, then follow the rules, then the days."""
    return (not todo.today, RANK[todo.rule], todo.day, todo.key, todo.application)


def arrange(todos: Iterable[Todo]) -> list[Todo]:
    """Return the lines in their order."""
    return sorted(todos, key=order)


def headline(count: int) -> str:
    """Say how much there is to do: "Three things for today"."""
    if not count:
        return "Nothing due today"
    return f"{in_words(count).capitalize()} thing{'s' * (count != 1)} for today"


def quick_days(on: dt.date) -> dict[str, dt.date]:
    """Return the days that take one click: tomorrow, and the next Monday."""
    return {"tomorrow": on + dt.timedelta(days=1), "monday": on + dt.timedelta(days=7 - on.weekday())}
