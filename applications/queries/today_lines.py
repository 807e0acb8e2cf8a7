"""One line of Do next as it is printed: pills, the one action, what its buttons say. Strings, made before the page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from applications.others import OTHERS
from applications.queries.today_facts import Row
from applications.stage import LOOKS
from applications.today_rules import Rule, Todo
from tracker.lib.dates import away, day
from tracker.templatetags.waymark import pill_html

_LET_GO = {
    Rule.CLOSES: "Let it go",
    Rule.RELEASED: "Let it go",
    Rule.FOLLOW_UP: "Leave it",
    Rule.DEBRIEF: "Leave it",
    Rule.TARGET: "Not this week",
    Rule.PLAN: "Leave it",
    Rule.REPLY: "Leave it",
    Rule.PERSON: "Leave it",
    Rule.OUTREACH: "Leave it",
}
_TICK = {
    Rule.INTERVIEW: "I am prepared",
    Rule.CLOSES: "I have sent it",
    Rule.RELEASED: "I have sent it",
    Rule.ANSWER: "I have answered",
    Rule.REPLY: "I have answered",
    Rule.OUTREACH: "I have written",
}
_ANSWERS = {
    Rule.MISSED: ("Carry over", "Leave"),
    Rule.GONE: ("It is open", "Let it go"),
    Rule.QUIET: ("Keep waiting", "Close as no reply"),
    Rule.KEEP: ("Keep", "Let it go"),
}

_WAYS = {
    Rule.INTERVIEW: ("Prepare", "applications:round"),
    Rule.DEBRIEF: ("Write it", "applications:round-debrief"),
    Rule.ANSWER: ("Compare", "applications:offers"),
    Rule.TARGET: ("Choose", "applications:board"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """The one way on that a line offers."""

    label: str
    url: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line, ready to print; a question has `answers` (to keep, to let go) in place of a tick."""

    key: str
    path: str
    number: int
    today: bool
    what: str
    why: str
    url: str
    pills: tuple[SafeString, ...]
    tick: str
    let_go: str
    answers: tuple[str, str] | None
    action: Action | None


class Printer:
    """Prints lines; the addresses they share are looked up once."""

    def __init__(self, rows: Mapping[str, Row], on: dt.date) -> None:
        """Keep the applications that the lines are about, by public id."""
        self.rows, self.on = rows, on
        self.base, self.today = reverse("applications:table"), reverse("applications:today")

    def line(self, todo: Todo, number: int) -> Line:
        """Print one."""
        row, other = self.rows.get(todo.application), OTHERS.get(todo.rule)
        way = other.way(todo, self.on) if other else None
        return Line(
            key=todo.key,
            path=f"{self.today}{todo.key}/",
            number=number,
            today=todo.today,
            what=todo.what,
            why=todo.why,
            url=way.url if way else f"{self.base}{todo.application}/" if row else self._season_url(todo),
            pills=(pill_html(*way.pill),) if way else self._pills(todo, row),
            tick="" if todo.rule in _ANSWERS else f"{_TICK.get(todo.rule, 'Mark done')}: {todo.what}",
            let_go=_LET_GO.get(todo.rule, ""),
            answers=_ANSWERS.get(todo.rule),
            action=Action(way.label, way.opens) if way else self._action(todo, row),
        )

    @staticmethod
    def _season_url(todo: Todo) -> str:
        return reverse("applications:board") if todo.rule is Rule.TARGET else reverse("applications:window")

    def _pills(self, todo: Todo, row: Row | None) -> tuple[SafeString, ...]:
        first = pill_html(*_pill(todo, row, self.on))
        look = LOOKS[row.stage] if row else None
        return (first, pill_html(look.label, look.css, look.icon)) if look else (first,)

    def _action(self, todo: Todo, row: Row | None) -> Action | None:
        if todo.rule in {Rule.GONE, Rule.CLOSES, Rule.RELEASED}:
            return Action("Open posting", row.url, external=True) if row and row.url else None
        if todo.rule is Rule.FOLLOW_UP:
            return Action("Use draft", f"{self.base}{todo.application}/draft/follow-up/")
        label, name = _WAYS.get(todo.rule, ("", ""))
        if not name:
            return None
        of_round = todo.rule in {Rule.INTERVIEW, Rule.DEBRIEF}
        return Action(label, reverse(name, args=[todo.thing] if of_round else []))


def _pill(todo: Todo, row: Row | None, on: dt.date) -> tuple[str, str, str]:
    near, css = away(todo.day, on), "due" if todo.today else "soft"
    sent = row.applied_on if row and row.applied_on else on
    return {
        Rule.INTERVIEW: (near.capitalize(), "st-interviewing", "clock"),
        Rule.ANSWER: (f"Answer {near}", css, "clock"),
        Rule.GONE: ("Perhaps closed", "soft", "question-circle"),
        Rule.CLOSES: (f"Closes {near}", css, "clock"),
        Rule.RELEASED: ("Referred", "soft", "person-check"),
        Rule.STEP: (day(todo.day), css, "calendar-event"),
        Rule.FOLLOW_UP: (f"{(on - sent).days} days quiet", "soft", "hourglass-split"),
        Rule.DEBRIEF: ("Debrief", "soft", "journal-text"),
        Rule.TARGET: ("Weekly target", "soft", "flag"),
        Rule.MISSED: ("Last week", "soft", "flag"),
        Rule.PLAN: ("Your plan", "soft", "calendar3-range"),
        Rule.QUIET: ("No reply yet", "soft", "hourglass-split"),
        Rule.KEEP: ("Undecided", "soft", "question-circle"),
    }[todo.rule]
