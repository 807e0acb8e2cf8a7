"""What there is to do about people, as lines of Today. Pure but for the addresses."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from applications.others import Way
from applications.today_rules import Limits, Rule, Todo
from outreach.choices import Standing
from tracker.lib.dates import day, short_day

ROWS = """
    SELECT json_agg(x.row ORDER BY x.id) FROM (
        SELECT c.id, json_build_array(c.public_id, c.name, c.standing, c.last_on, c.follow_up_on, c.next_step,
            c.next_on, NULL, NULL) AS row FROM outreach_contact c
        WHERE c.student_id = %(me)s
            AND (c.standing = 'replied' OR c.follow_up_on <= %(week)s OR c.next_on <= %(week)s)
        UNION ALL
        SELECT f.id, json_build_array(f.public_id, f.name, NULL, NULL, NULL, NULL, NULL, f.begins_on, (
            SELECT count(*) FROM outreach_conference_people p WHERE p.conference_id = f.id
        )) FROM outreach_conference f WHERE f.student_id = %(me)s AND f.begins_on BETWEEN %(on)s AND %(week)s
    ) x"""
"""People who answered, are to be written to, or have a next step by then, and conferences that begin by then: the twin
of `visible_to`."""

_CONFERENCE = "conference-"


@dataclass(frozen=True, slots=True)
class _Known:
    """One row of the people."""

    id: str
    name: str
    standing: str
    last_on: dt.date | None
    follow_up_on: dt.date | None
    next_step: str
    next_on: dt.date | None


def todos(rows: list[list[Any]], on: dt.date) -> Iterator[Todo]:
    """Yield one line at most for each person, and one for each conference."""
    for *facts, begins_on, count in rows:
        if begins_on:
            yield _conference((facts[0], facts[1], dt.date.fromisoformat(begins_on), count), on)
            continue
        public_id, name, standing, last_on, follow_up_on, step, next_on = facts
        known = _Known(public_id, name, standing, _day(last_on), _day(follow_up_on), step, _day(next_on))
        found = next((todo for todo in _every(known, on) if todo), None)
        if found:
            yield found


def _every(one: _Known, on: dt.date) -> Iterable[Todo | None]:
    return (_step(one, on), _reply(one, on), _follow_up(one, on))


def _reply(one: _Known, on: dt.date) -> Todo | None:
    if one.standing != Standing.REPLIED or one.last_on is None or one.last_on < on - _LIMITS.quiet:
        return None
    why = f"Your answer has been waiting since {short_day(one.last_on)}. Say thank you, and what comes next."
    return Todo(Rule.REPLY, one.id, one.last_on, f"Answer {one.name}", why, today=True)


def _step(one: _Known, on: dt.date) -> Todo | None:
    by = one.next_on
    if by is None or by > on + _LIMITS.week:
        return None
    what = f"{one.next_step}: {one.name}" if one.next_step else f"Take the next step with {one.name}"
    why = "You planned this for today." if by == on else f"You planned this for {day(by)}."
    return Todo(Rule.PERSON, one.id, by, what, why, today=by <= on)


def _follow_up(one: _Known, on: dt.date) -> Todo | None:
    due = one.follow_up_on
    if due is None or one.last_on is None or not due <= on <= one.last_on + _LIMITS.quiet:
        return None
    why = f"You wrote {(on - one.last_on).days} days ago. One more note, then leave it."
    return Todo(Rule.OUTREACH, one.id, due, f"Write to {one.name} once more", why, today=True)


def _conference(facts: tuple[str, str, dt.date, int], on: dt.date) -> Todo:
    public_id, name, begins_on, count = facts
    there = f"{count} of your people will be there: write to them" if count else "Say whom you hope to meet there"
    begins = "today" if begins_on == on else f"on {day(begins_on)}"
    why = f"It begins {begins}. {there}."
    what = f"Prepare for {name}"
    return Todo(Rule.PERSON, f"{_CONFERENCE}{public_id}", begins_on, what, why, today=begins_on == on)


def conference_of(thing: str) -> str:
    """Return the public id of the conference that a line is about; nothing when it is about a person."""
    return thing.removeprefix(_CONFERENCE) if thing.startswith(_CONFERENCE) else ""


def way(todo: Todo, on: dt.date) -> Way:
    """Return where a line leads."""
    conference = conference_of(todo.thing)
    if conference:
        url = reverse("outreach:conference", args=[conference])
        return Way(url, "Who is there", url, (day(todo.day), "due" if todo.today else "soft", "calendar-event"))
    url = reverse("outreach:person", args=[todo.thing])
    if todo.rule is Rule.OUTREACH:
        quiet = (on - todo.day).days
        pill = ("Due today" if not quiet else f"Due {short_day(todo.day)}", "soft", "hourglass-split")
        return Way(url, "Use draft", reverse("outreach:draft", args=[todo.thing, "follow-up"]), pill)
    if todo.rule is Rule.REPLY:
        return Way(url, "Log it", url, ("Reply", "soft", "envelope"))
    return Way(url, "Open", url, (day(todo.day), "due" if todo.today else "soft", "calendar-event"))


_LIMITS = Limits()


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
