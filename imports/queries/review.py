"""What the review shows: how many rows of each kind, and the rows themselves, some at a time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from applications.models import ROLE_TO_ADD, Application
from applications.stage import LOOKS, Look, look
from imports.models import Import, ImportRow
from imports.planning.fields import FIELDS
from tracker.lib.dates import full_day

Verdict, Choice = ImportRow.Verdict, ImportRow.Choice
_SHOWN = ("number", "verdict", "choice", "cells", "problems", "facts", "events", "company", "twin", "twin_row")
_ONE_LINE = 120


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows are ready, need a look, look like others; and what is to become of them."""

    ready: int = 0
    wrong: int = 0
    mine: int = 0
    file: int = 0
    both: int = 0

    @property
    def same(self) -> int:
        """How many look like one that is there."""
        return self.mine + self.file + self.both

    @property
    def adds(self) -> int:
        """How many become applications."""
        return self.ready + self.both

    @property
    def left(self) -> int:
        """How many are left out."""
        return self.wrong + self.mine

    @property
    def words(self) -> str:
        """All three in a sentence."""
        parts = [f"{self.ready:,} ready"]
        parts += [f"{self.wrong:,} {'needs' if self.wrong == 1 else 'need'} a look"] if self.wrong else []
        parts += [f"{self.same:,} {'looks' if self.same == 1 else 'look'} like {_ones(self.same)}"] if self.same else []
        return ", ".join(parts)

    @property
    def first(self) -> str:
        """What to look at first."""
        return Verdict.WRONG if self.wrong else Verdict.SAME if self.same else Verdict.READY


def _ones(count: int) -> str:
    return "one you have" if count == 1 else "ones you have"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to correct: what its column is and is called, what stands there, and what is wrong with it."""

    column: int
    label: str
    head: str
    text: str
    errors: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether one line is too narrow for it."""
        return len(self.text) > _ONE_LINE or "\n" in self.text


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the review shows it."""

    number: int
    title: str
    company: str
    verdict: str
    choice: str
    cells: tuple[Cell, ...] = ()
    look: Look | None = None
    history: str = ""
    twin: str = ""
    twin_url: str = ""
    twin_row: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of one kind, and after which one the next page begins."""

    lines: list[Line]
    after: int


def summary_of(file: Import) -> Summary:
    """Count the rows: one query."""
    rows = ImportRow.objects.filter(file=file).values("verdict", "choice")
    counts = {
        (verdict, choice): n
        for verdict, choice, n in rows.annotate(n=Count("pk")).values_list("verdict", "choice", "n")
    }
    return Summary(
        ready=counts.get((Verdict.READY, Choice.MINE), 0),
        wrong=counts.get((Verdict.WRONG, Choice.MINE), 0),
        **{choice: counts.get((Verdict.SAME, choice), 0) for choice in ("mine", "file", "both")},
    )


def page_of(file: Import, verdict: str, student: User, *, after: int = 0) -> Page:
    """Return the rows of one kind after this one: two queries."""
    size = settings.WAYMARK_SHEET_SHOWN
    rows = list(
        ImportRow.objects.filter(file=file, verdict=verdict, number__gt=after)
        .order_by("number")
        .only(*_SHOWN)[: size + 1]
    )
    more = len(rows) > size
    shown = rows[:size]
    return Page(lines_of(file, shown, student), shown[-1].number if more else 0)


def lines_of(file: Import, rows: Sequence[ImportRow], student: User) -> list[Line]:
    """Return rows as the review shows them."""
    twins = _twins(student, [row.twin for row in rows if row.twin is not None])
    return [_line(file, row, twins) for row in rows]


def cells_of(file: Import, cells: Sequence[str], problems: Sequence[Any], typed: Mapping[int, str]) -> tuple[Cell, ...]:
    """Return the cells that something is wrong with, with what was typed there."""
    by_column: dict[int, list[tuple[str, str]]] = {column: [] for column in typed}
    for column, field, sentence in problems:
        by_column.setdefault(column, []).append((field, sentence))
    return tuple(
        Cell(
            column=column,
            label=FIELDS.get(file.fields[column], ""),
            head=file.heads[column],
            text=typed.get(column, cells[column] if column < len(cells) else ""),
            errors=tuple(f"{FIELDS[field]}: {sentence}" for field, sentence in by_column[column]),
        )
        for column in sorted(by_column)
    )


def _line(file: Import, row: ImportRow, twins: Mapping[int, Application]) -> Line:
    cells, facts = row.cells or [], row.facts
    role = facts.get("role") or _cell(file, cells, "role")
    twin = twins.get(row.twin or 0)
    return Line(
        number=row.number,
        title=role or ROLE_TO_ADD,
        company=row.company or _cell(file, cells, "company"),
        verdict=row.verdict,
        choice=row.choice,
        cells=cells_of(file, cells, row.problems, {}) if row.problems else (),
        look=look(facts["stage"], facts["outcome"]) if facts else None,
        history=_history(row.events),
        twin=f"{twin.title}, {look(twin.stage, twin.outcome).label} since {full_day(twin.stage_since)}" if twin else "",
        twin_url=reverse("applications:detail", args=[twin.public_id]) if twin else "",
        twin_row=row.twin_row,
    )


def _cell(file: Import, cells: Sequence[str], field: str) -> str:
    place = file.fields.index(field) if field in file.fields else -1
    return " ".join(cells[place].split())[:120] if 0 <= place < len(cells) else ""


def _history(events: Sequence[Mapping[str, str]]) -> str:
    """Return "Interested on 1 October 2026, Applied on 3 November 2026"."""
    return ", ".join(f"{LOOKS[one['stage']].label} on {full_day(dt.date.fromisoformat(one['on']))}" for one in events)


def _twins(student: User, keys: list[int]) -> dict[int, Application]:
    mine = Application.objects.visible_to(student).filter(pk__in=keys) if keys else Application.objects.none()
    return mine.only("public_id", "role", "stage", "outcome", "stage_since").in_bulk()
