"""One row of a table, made into an application: its facts, its history, or what is wrong with its cells. Pure."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from applications.choices import WayIn
from applications.stage import UNSENT, Outcome, Stage, entry_word, read_entry
from companies.links import Link
from imports.planning import values
from imports.planning.fields import LEFT_OUT, PAST
from imports.planning.history import Told, told_by
from imports.planning.names import key_of
from imports.planning.values import BadCellError


class Problem(NamedTuple):
    """What is wrong with a cell: its column, the field that this is, and what to write."""

    column: int
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How the rows of one table are read: which field each column is, and what was asked about days and stages."""

    heads: Sequence[str]
    fields: Sequence[str]
    on: dt.date
    day_first: bool = True
    words: Mapping[str, str] = field(default_factory=dict)
    nothing: frozenset[str] = frozenset()
    seasons: Mapping[str, int] = field(default_factory=dict)
    tags_most: int = 10

    @property
    def columns(self) -> list[tuple[int, str]]:
        """The columns that are read."""
        return [(place, name) for place, name in enumerate(self.fields) if name != LEFT_OUT]

    def place_of(self, *names: str) -> int:
        """Return the first column that is one of these fields; the first of all where none is."""
        return next((place for place, name in self.columns if name in names), 0)


@dataclass(slots=True)
class Row:
    """What a row says; with problems it says nothing yet."""

    number: int
    cells: Sequence[str]
    company: str = ""
    role: str = ""
    link: Link | None = None
    tells_stage: bool = False
    facts: Told = field(default_factory=dict)
    events: list[Told] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


type _Reader = Callable[[str, Ways], Any]


def _day(text: str, ways: Ways) -> dt.date | None:
    return values.day(text, ways.day_first)


def _entry(text: str, ways: Ways) -> str:
    key = key_of(text)
    if key in ways.words:
        return ways.words[key]
    raise BadCellError("write a stage as Waymark calls it, like Applied, or match the stages again.")


_READERS: dict[str, _Reader] = {
    "company": lambda text, _: values.company(text),
    "url": lambda text, _: values.url(text),
    "outcome": lambda text, _: values.outcome(text),
    "source": lambda text, _: values.source(text),
    "on_hold": lambda text, _: values.flag(text),
    "weeks": lambda text, _: values.weeks(text),
    "tags": lambda text, ways: values.tags(text, ways.tags_most),
    "season": lambda text, ways: values.season(text, ways.seasons),
    "notes": lambda text, _: values.notes(text),
    "posting_text": lambda text, _: values.posting_text(text),
    "stage": _entry,
    "role": lambda text, _: values.line("role", text),
    "place": lambda text, _: values.line("place", text),
    "next_step": lambda text, _: values.line("next_step", text),
    "referrer": lambda text, _: values.line("referrer", text),
    "kind": lambda text, _: values.choice("kind", text),
    "way_in": lambda text, _: values.choice("way_in", text),
    "closeness": lambda text, _: values.choice("closeness", text),
    "hours": lambda text, _: values.choice("hours", text),
    "since": _day,
    "applied_on": _day,
    "added_on": _day,
    "closes_on": _day,
    "next_step_on": _day,
    "hold_until": _day,
    "starts_from": _day,
    "starts_until": _day,
}
_COLUMNS = {"season": "season_id"}
_AS_JSON: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(("role", "place", "kind", "next_step", "way_in", "referrer", "source", "posting_text"), str),
    **dict.fromkeys(("closeness", "hours"), str),
    **dict.fromkeys(("closes_on", "next_step_on", "hold_until", "starts_from", "starts_until"), dt.date.isoformat),
    **dict.fromkeys(("season", "weeks"), int),
    "on_hold": bool,
    "tags": list,
}
"""What a row tells as it is, and how JSON writes it."""


type Column = tuple[int, str, _Reader | None]


def columns_of(ways: Ways) -> list[Column]:
    """Return the columns that are read, each with what reads it: worked out once for all rows."""
    return [(place, name, _READERS.get(name)) for place, name in ways.columns]


def read_row(number: int, cells: Sequence[str], ways: Ways, columns: Sequence[Column]) -> Row:
    """Read a row."""
    row = Row(number, cells)
    given: dict[str, Any] = {}
    lines: list[str] = []
    width = len(cells)
    for place, name, reader in columns:
        cell = cells[place] if place < width else ""
        if not cell or (ways.nothing and cell.strip().lower() in ways.nothing):
            continue
        try:
            if reader:
                given[name] = reader(cell, ways)
            elif said := values.notes(cell):
                lines.append(f"{ways.heads[place]}: {said}" if ways.heads[place] else said)
        except BadCellError as error:
            row.problems.append(Problem(place, name, str(error)))
    _check(row, given, ways)
    if not row.problems:
        _source(row, given, lines, ways)
        _tell(row, given, lines, ways)
    return row


def _check(row: Row, given: Mapping[str, Any], ways: Ways) -> None:
    """Refuse what each cell alone does not tell."""
    wrong = {problem.field for problem in row.problems}
    if not given.get("company") and not given.get("url") and not wrong & {"company", "url"}:
        _add(row, ways, "company" if "company" in ways.fields else "url", "write the company, or a link to the role.")
    for name in PAST & given.keys():
        if given[name] and given[name] > ways.on:
            _add(row, ways, name, "write today or an earlier day.")
    first, last = given.get("starts_from"), given.get("starts_until")
    if first and last and first > last:
        _add(row, ways, "starts_until", f"write a day from {first.isoformat()} on.")
    stage = read_entry(given.get("stage") or "")[0]
    if stage in UNSENT and given.get("applied_on"):
        _add(row, ways, "applied_on", "leave it empty, or write a later stage.")


def _add(row: Row, ways: Ways, name: str, sentence: str) -> None:
    row.problems.append(Problem(ways.place_of(name), name, sentence))


def _tell(row: Row, given: Mapping[str, Any], lines: list[str], ways: Ways) -> None:
    row.company, row.role, row.link = given.get("company", ""), given.get("role", ""), given.get("url")
    facts: Told = {}
    for name, value in given.items():
        if value and name in _AS_JSON:
            facts[_COLUMNS.get(name, name)] = _AS_JSON[name](value)
    if row.link:
        facts["url"] = row.link.url
    if given.get("way_in", WayIn.NONE) != WayIn.NONE:
        facts["referral_on"] = ways.on.isoformat()
    notes = "\n".join(filter(None, [given.get("notes", ""), *lines]))
    if len(notes) > values.LONGEST_NOTES:
        _add(row, ways, "notes", f"with its lines the notes have {len(notes):,} characters; shorten them.")
        return
    if notes:
        facts["notes"] = notes
    stage, outcome = read_entry(_entry_of(given))
    standing, events = told_by(
        stage, outcome, given.get("since"), given.get("applied_on"), given.get("added_on"), ways.on
    )
    row.tells_stage = any(given.get(name) for name in ("stage", "outcome", "applied_on"))
    row.facts, row.events = facts | standing, [dict(event) for event in events]


def _source(row: Row, given: dict[str, Any], lines: list[str], ways: Ways) -> None:
    """Keep what the source was called where we have no word for it."""
    given["source"], says_all = given.get("source", ("", True))
    if not says_all:
        lines.append(f"Source: {' '.join(row.cells[ways.place_of('source')].split())}")


def _entry_of(given: Mapping[str, Any]) -> str:
    """Return stage and outcome in one word: what the outcome says comes before what the word for a stage does."""
    if outcome := given.get("outcome"):
        return entry_word(Stage.OFFER if outcome == Outcome.ACCEPTED else Stage.CLOSED, outcome)
    return given.get("stage") or (Stage.APPLIED if given.get("applied_on") else Stage.INTERESTED)
