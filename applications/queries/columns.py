"""The columns of the table: how each is called and what its cells say. Strings are made here, not in the template."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe

from applications.choices import Closeness, Source, WayIn
from applications.models import ROLE_TO_ADD
from applications.referral import Referral
from applications.stage import OUTCOME_LABELS, Stage, look
from tracker.lib.dates import short_day
from tracker.templatetags.waymark import icon_html, mark_html, pill_html

FIELDS = """
    a.public_id, a.role, c.name, a.stage, a.outcome, a.next_step, a.next_step_on, a.closes_on, a.applied_on,
    a.updated_at, a.way_in, a.on_hold, a.hold_until, a.closeness, a.place, s.name, a.tags, a.source
"""


class Fact(NamedTuple):
    """One application as the table reads it, in the order of FIELDS."""

    public_id: str
    role: str
    company: str
    stage: str
    outcome: str
    next_step: str
    next_step_on: dt.date | None
    closes_on: dt.date | None
    applied_on: dt.date | None
    updated_at: dt.datetime
    way_in: str
    on_hold: bool
    hold_until: dt.date | None
    closeness: str
    place: str
    season: str | None
    tags: list[str]
    source: str


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the cells are made: the address of the list, the day and zone of the person."""

    base: str
    on: dt.date
    tz: ZoneInfo


@dataclass(frozen=True, slots=True)
class Column:
    """A column beside the first one, which names company and role."""

    label: str
    cell: Callable[[Fact, Reader], str]
    sort: str = ""
    opening: str = "<td>"  # on a phone the cell may need its label


@dataclass(frozen=True, slots=True)
class Row:
    """One application, ready to print: written here, since tags and lookups in a template cost more than the rows."""

    id: str
    html: SafeString


def near(day: dt.date | None, on: dt.date) -> str:
    """Return a day without the year when it is this one."""
    if day is None:
        return ""
    return short_day(day) if day.year == on.year else f"{short_day(day)} {day.year}"


def row(fact: Fact, shown: Sequence[str], reader: Reader) -> Row:
    """Make one row of the columns that are shown."""
    role, company = escape(fact.role or ROLE_TO_ADD), escape(fact.company)
    cells = "".join(_td(name, fact, reader) for name in shown)
    html = (
        f'<tr><td class="pick"><label class="box"><input type="checkbox" class="form-check-input" name="ids" '
        f'value="{fact.public_id}" form="bulk"><span class="vh">Tick {role}, {company}</span></label></td>'
        f'<th scope="row"><span class="who">{mark_html(fact.company, "s")}<span><a '
        f'href="{reader.base}{fact.public_id}/">{role}</a><span class="sub">{company}</span></span></span></th>'
        f"{cells}</tr>"
    )
    return Row(fact.public_id, mark_safe(html))  # noqa: S308 - what people typed is escaped


def cell(name: str, fact: Fact, reader: Reader) -> SafeString:
    """Make one cell of a row."""
    return mark_safe(_td(name, fact, reader))  # noqa: S308 - cells escape


def _td(name: str, fact: Fact, reader: Reader) -> str:
    column = COLUMNS[name]
    return f"{column.opening}{column.cell(fact, reader)}</td>"


def _stage(fact: Fact, reader: Reader) -> str:
    seen = look(fact.stage, fact.outcome)
    pill = pill_html(seen.label, seen.css, seen.icon)
    if fact.stage == Stage.CLOSED:
        return f'{pill}<span class="sub">{OUTCOME_LABELS[fact.outcome]}</span>'
    words = f"Move {escape(fact.role or ROLE_TO_ADD)} at {escape(fact.company)}"
    return _inline(fact, reader, "stage", f'{pill}<span class="vh">, {words}</span>')


def _next(fact: Fact, reader: Reader) -> str:
    day = near(fact.next_step_on, reader.on)
    step = escape(fact.next_step) if fact.next_step else ""
    said = f'{step}<span class="sub">{day}</span>' if day else step
    if fact.stage == Stage.CLOSED:
        return said
    words = f"next step of {escape(fact.role or ROLE_TO_ADD)} at {escape(fact.company)}"
    hidden = f'<span class="vh">{"Edit the" if said else "Set the"} {words}</span>'
    return _inline(fact, reader, "next", f"{said or _UNSET}{hidden}")


_UNSET = '<span class="sub unset">Set</span>'


def _inline(fact: Fact, reader: Reader, what: str, inside: str) -> str:
    url = f"{reader.base}{fact.public_id}/row/{what}/"
    return f'<a class="inl" href="{url}" hx-get="{url}" hx-target="closest td" hx-swap="outerHTML">{inside}</a>'


def _tags(fact: Fact, reader: Reader) -> str:
    return " ".join(
        f'<a class="pill soft" href="{reader.base}?tag={quote(tag)}">{icon_html("tag")}{escape(tag)}</a>'
        for tag in fact.tags
    )


_WAYS_IN: dict[str, str] = {way.value: str(way.label) for way in WayIn if way != WayIn.NONE}
_WORK: dict[str, str] = {work.value: str(work.label) if work.value else "" for work in Closeness}
_SOURCES: dict[str, str] = {source.value: str(source.label) if source.value else "" for source in Source}


def _day(label: str, sort: str, day: Callable[[Fact, Reader], dt.date | None]) -> Column:
    opening = f'<td class="day" data-label="{label}">'
    return Column(label, lambda fact, reader: near(day(fact, reader), reader.on), sort, opening)


def _named(label: str, words: Callable[[Fact], str]) -> Column:
    return Column(label, lambda fact, _: escape(words(fact)), opening=f'<td data-label="{label}">')


def _way(fact: Fact, reader: Reader) -> str:
    referral = Referral(fact.way_in, "", fact.on_hold, fact.hold_until)
    return "On hold for a referral" if referral.waits(reader.on) else _WAYS_IN.get(fact.way_in, "")


COLUMNS: dict[str, Column] = {
    "stage": Column("Stage", _stage, "stage"),
    "next": Column("Next step", _next, "next"),
    "closes": _day("Closes", "closes", lambda fact, _: fact.closes_on),
    "applied": _day("Applied", "applied", lambda fact, _: fact.applied_on),
    "activity": _day("Last activity", "updated", lambda fact, reader: fact.updated_at.astimezone(reader.tz).date()),
    "way": Column("Way in", _way),
    "work": _named("Team's work", lambda fact: _WORK[fact.closeness]),
    "place": Column("Place", lambda fact, _: escape(fact.place)),
    "season": _named("Season", lambda fact: fact.season or ""),
    "tags": Column("Tags", _tags),
    "source": _named("Source", lambda fact: _SOURCES[fact.source]),
}
USUAL = ("stage", "next", "closes", "applied", "activity", "way", "work")


def chosen(names: Sequence[str]) -> list[str]:
    """Return the columns in their order; the usual ones without a choice."""
    known = [name for name in COLUMNS if name in names]
    return known or list(USUAL)
