"""What the week ahead has in it, by day: rounds, and what each application asks for. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from applications.stage import Stage
from applications.today_rules.lines import RANK, Chosen, Limits, Rule, order
from applications.today_rules.of_applications import Known, Now, dated_todos


@dataclass(frozen=True, slots=True)
class Dated:
    """One line of a week: what it is about, on which day, and when it begins if it has a time."""

    rule: Rule
    day: dt.date
    what: str
    starts_at: dt.datetime | None = None


def of_week(known: Iterable[Known], *, at: dt.datetime, on: dt.date, limits: Limits, chosen: Chosen) -> list[Dated]:
    """Return the rounds of the seven days from `on`, and one more line at most for each application, by day.

    What is overdue stands on its own day; ticked, put off and switched off lines stay away as they do on Today.
    """
    now = Now(at, on, limits)
    lines = [
        line for one in known if one.stage != Stage.CLOSED for line in (*_rounds(one, now), *_rest(one, now, chosen))
    ]
    return sorted(lines, key=lambda line: (max(line.day, on), RANK[line.rule], line.day, line.what))


def _rounds(one: Known, now: Now) -> Iterator[Dated]:
    for meeting in one.meetings:
        if meeting.is_ahead(now.at, now.on) and meeting.on < now.on + now.limits.week:
            yield Dated(Rule.INTERVIEW, max(meeting.on, now.on), f"{meeting.label}, {one.company}", meeting.starts_at)


def _rest(one: Known, now: Now, chosen: Chosen) -> Iterator[Dated]:
    last = now.on + now.limits.week - dt.timedelta(days=1)
    todos = [todo for todo in dated_todos(one, now, last) if todo.day <= last and chosen.shows(todo, now.on)]
    if todos:
        first = min(todos, key=order)
        yield Dated(first.rule, first.day, first.what)
