"""The window day by day: a cell for each, as an SVG made here, and the same numbers as rows of a table. Pure.

Everything drawn is a number or a day of ours, never text of a person.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from applications.season import weeks
from tracker.lib.dates import DAYS, MONTHS, day

LEFT, TOP, ACROSS, DOWN = 44, 26, 41, 35
WIDE, HIGH = 36, 30
LEAST_WEEKS, LONG = 18, 27
"""A short window leaves its right side empty instead of growing; a long one scrolls sideways."""


@dataclass(frozen=True, slots=True)
class Happened:
    """How many of each on which day."""

    sent: Mapping[dt.date, int] = field(default_factory=dict)
    interviews: Mapping[dt.date, int] = field(default_factory=dict)
    closing: Mapping[dt.date, int] = field(default_factory=dict)

    def on(self, day: dt.date) -> tuple[int, int, int]:
        """Return sent, interviews and closing of one day."""
        return self.sent.get(day, 0), self.interviews.get(day, 0), self.closing.get(day, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the table."""

    iso: str
    day: str
    sent: int
    interviews: int
    closing: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The drawing, its name, and its twin."""

    svg: str
    table: str
    words: str
    rows: list[Row]
    total: Row


def heatmap(
    opens_on: dt.date, closes_on: dt.date, happened: Happened, *, on: dt.date, near: dt.date, base: str
) -> Heat:
    """Draw every day of the window; closings up to `near` are in the colour of what is due. `base` leads to days."""
    days = [opens_on + dt.timedelta(days=n) for n in range((closes_on - opens_on).days + 1)]
    counts = [happened.on(one) for one in days]
    total = Row("", "All", *(sum(column) for column in zip(*counts, strict=True)))
    words = _words(opens_on, closes_on, total)
    stop = min(max(on, opens_on), closes_on)
    cells = [
        f'<a href="{base}{one}/" data-dialog tabindex="{0 if one == stop else -1}">'
        f"{_cell(one, count, on, column=weeks.number(opens_on, one, one), near=near)}</a>"
        for one, count in zip(days, counts, strict=True)
    ]
    rows = [Row(one.isoformat(), day(one), *count) for one, count in zip(days, counts, strict=True) if any(count)]
    return Heat(_svg(opens_on, closes_on, words, cells), _table(rows, base), words, rows, total)


def _table(rows: list[Row], base: str) -> str:
    return "".join(
        f'<tr><th scope="row"><a href="{base}{row.iso}/">{row.day}</a></th>'
        f"<td>{row.sent}</td><td>{row.interviews}</td><td>{row.closing}</td></tr>"
        for row in rows
    )


def named(one: dt.date, count: tuple[int, int, int], on: dt.date) -> str:
    """Return what a cell is called: "Wed 21 Oct: 2 sent, 1 interview"."""
    sent, interviews, closing = count
    parts = [
        f"{sent} sent" if sent else "",
        f"{interviews} interview{'s' * (interviews != 1)}" if interviews else "",
        f"{closing} close{'s' * (closing == 1)}" if closing else "",
    ]
    today = ", today" if one == on else ""
    return f"{day(one)}{today}: {', '.join(filter(None, parts)) or 'nothing'}"


def _words(opens_on: dt.date, closes_on: dt.date, total: Row) -> str:
    months = f"{MONTHS[opens_on.month - 1]} to {MONTHS[closes_on.month - 1]}"
    return (
        f"Calendar from {months}: {total.sent} sent, {total.interviews} interview{'s' * (total.interviews != 1)}, "
        f"{total.closing} closing ahead"
    )


def _cell(one: dt.date, count: tuple[int, int, int], on: dt.date, *, column: int, near: dt.date) -> str:
    sent, interviews, closing = count
    x, y = LEFT + ACROSS * (column - 1), TOP + DOWN * one.weekday()
    shade = ("h2" if sent == 1 else "h4") if sent else ("hf" if one > on else "h0")
    drawn = f'<rect class="{shade}" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="6"/>'
    if closing:
        drawn += _flag(x, y, "dl near" if one <= near else "dl")
    if sent:
        drawn += f'<text class="hn{" inv" * (sent > 1)}" x="{x + 18}" y="{y + 19}">{sent}</text>'
    if interviews:
        drawn += f'<circle class="iv" cx="{x + 27}" cy="{y + 9}" r="4.5"/>'
    if one == on:
        drawn += f'<rect class="td" x="{x - 2}" y="{y - 2}" width="40" height="34" rx="8"/>'
    return f"<title>{named(one, count, on)}</title>{drawn}"


def _flag(x: int, y: int, css: str) -> str:
    return (
        f'<rect class="{css}" x="{x + 0.75}" y="{y + 0.75}" width="34.5" height="28.5" rx="5.5"/>'
        f'<path class="{css} f" d="M{x + 7} {y + 22.5}v-13h8.5l-2 3 2 3h-7v7z"/>'
    )


def _svg(opens_on: dt.date, closes_on: dt.date, words: str, cells: list[str]) -> str:
    total = weeks.count(opens_on, closes_on)
    width = LEFT + ACROSS * max(total, LEAST_WEEKS)
    css = "heat long" if total > LONG else "heat"
    weekdays = "".join(f'<text x="2" y="{TOP + DOWN * n + 20}">{DAYS[n][:3]}</text>' for n in (0, 2, 4, 6))
    return (
        f'<svg class="{css}" viewBox="0 0 {width} 271" role="group" aria-label="{words}">'
        f'{"".join(cells)}<g aria-hidden="true">{_months(opens_on, closes_on)}{weekdays}</g></svg>'
    )


def _months(opens_on: dt.date, closes_on: dt.date) -> str:
    """Write each month over the first week that holds its first day, unless the name before would run into it."""
    drawn, day, free = "", opens_on, 0
    while day <= closes_on:
        x = LEFT + ACROSS * (weeks.number(opens_on, closes_on, day) - 1)
        if x >= free:
            drawn += f'<text class="mo" x="{x}" y="16">{MONTHS[day.month - 1]}</text>'
            free = x + 2 * ACROSS
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return drawn
