"""What the plan worked back from the start has for this week: a step that begins, or one that is about to end. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator

from applications.season import weeks
from applications.season.planning import Step
from applications.today_rules.lines import Chosen, Limits, Rule, Todo
from tracker.lib.dates import day

_VERBS = {
    "summary": "Write your CV and a two-page research summary",
    "referrals": "Ask for referrals; write to authors of papers you cite",
    "decide": "Decide where to go",
    "agreement": "Ask for the agreement between university and company",
    "leave": "Ask for leave, and whether your funder agrees",
    "visa": "Start on the visa, if you need one",
    "housing": "Look for a place to live",
}
"""The steps that one takes at a time; applying and rounds have lines of their own, and the scheme its closing day."""


def of_plan(steps: Iterable[Step], *, on: dt.date, limits: Limits, chosen: Chosen) -> Iterator[Todo]:
    """Yield one line for each step that begins this week or ends within seven days, unless it is done."""
    for step in steps:
        todo = _line(step, on, limits)
        if todo and chosen.shows(todo, on):
            yield todo


def _line(step: Step, on: dt.date, limits: Limits) -> Todo | None:
    what = step.title if step.is_own else _VERBS.get(step.key, "")
    begins, ends = step.begins_on, step.ends_on
    if not what or step.done_on or ends < on:
        return None
    if ends <= on + limits.week:
        until = "today" if ends == on else f"until {day(ends)}"
        why = f"{step.note}. " if step.note else ""
        return Todo(Rule.PLAN, step.key, ends, what, f"{why}Your plan has this {until}.", today=ends == on)
    if weeks.monday(begins) == weeks.monday(on):
        why = f"{step.note}. " if step.note else ""
        return Todo(Rule.PLAN, step.key, begins, what, f"{why}Your plan has this from {day(begins)}.", today=False)
    return None
