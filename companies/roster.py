"""Reads companies.json: companies with their programmes, and how we know. Pure: any JSON gives an answer.

docs/decisions/0012-imports-of-the-companies-list.md says what each field means. Evidence is text that begins with a
web address or with "owner/name" of a public GitHub repository, and may say more after it.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companies.cells import BadCellError, Problem, Row, UnreadableFileError, iso_day, mapping, text, texts
from companies.links import BadLinkError, read_link
from companies.naming import match_key
from companies.places import country_name
from companies.terms import summer_applied_for, term_start
from tracker.lib.clock import ANYWHERE_ON_EARTH

KINDS = ("internship", "scheme", "visit", "fellowship")
STATES = ("expected", "confirmed", "closed")
LONGEST_WEEKS = 520

_REPOSITORY = re.compile(r"([A-Za-z0-9][\w-]*/[\w.-]+)(?=\s|$)")
_BOARDS = {
    "greenhouse": "https://job-boards.greenhouse.io/",
    "ashby": "https://jobs.ashbyhq.com/",
    "lever": "https://jobs.lever.co/",
}


@dataclass(frozen=True, slots=True)
class CycleEntry:
    """One season of a programme; `state` is empty where the file gives days only."""

    summer: int
    state: str
    opens_on: dt.date | None
    closes_on: dt.date | None
    zone: str
    source_url: str
    source_note: str


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """One programme; `facts` are fields of the model."""

    facts: dict[str, object]
    cycles: list[CycleEntry]


@dataclass(frozen=True, slots=True)
class CompanyEntry:
    """One company; rows count from 1, `facts` are fields of the model."""

    row: int
    name: str
    key: str
    aliases: list[tuple[str, str]]
    facts: dict[str, object]
    programmes: list[ProgrammeEntry]


@dataclass(slots=True)
class Roster:
    """What a file holds: companies, and rows that cannot be taken."""

    read: int = 0
    companies: list[CompanyEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_roster(content: object, *, most: int) -> Roster:
    """Read every company of a decoded file; raise UnreadableFileError unless it has the shape."""
    rows = content.get("companies") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise UnreadableFileError('This is no list of companies: it should be an object with a list "companies".')
    if len(rows) > most:
        raise UnreadableFileError(f"This file has {len(rows):,} companies; import at most {most:,} at a time.")
    roster = Roster(read=len(rows))
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        try:
            entry = _company(number, mapping(row, "The row"))
        except (BadCellError, BadLinkError) as error:
            roster.problems.append(Problem(number, str(error)))
            continue
        if entry.key in seen:
            roster.problems.append(Problem(number, f"{entry.name} stands in row {seen[entry.key]} already."))
            continue
        seen[entry.key] = number
        roster.companies.append(entry)
    return roster


def _company(number: int, row: Row) -> CompanyEntry:
    name = text(row, "name", 160, required=True)
    key = match_key(name)
    if not key:
        raise BadCellError("name has no letter and no digit.")
    aliases = [(alias, match_key(alias)) for alias in texts(row, "aliases", 160)]
    facts: dict[str, object] = {
        "name": name,
        "kind": text(row, "kind", 40).replace("_", " ").capitalize(),
        "website": link(row, "website"),
        "careers_url": _board(row),
        "city": text(row, "hq_city", 80),
        "country": country_name(text(row, "hq_country", 60)),
        "topics": texts(row, "research_areas", 80),
        "notes": text(row, "notes", 5_000),
    }
    programmes = _list(row, "programmes")
    return CompanyEntry(
        number, name, key, [a for a in aliases if a[1] not in {"", key}], facts, [_programme(p) for p in programmes]
    )


def _programme(row: Row) -> ProgrammeEntry:
    name = text(row, "name", 200, required=True)
    shortest, longest = _weeks(row)
    source_url, source_note = _evidence(row)
    facts: dict[str, object] = {
        "name": name,
        "kind": _choice(row, "kind", KINDS) or kind_of(name),
        "min_weeks": shortest,
        "max_weeks": longest,
        "places": texts(row, "locations", 120),
        "url": link(row, "url"),
        "notes": text(row, "notes", 5_000),
        "source_url": source_url,
        "source_note": source_note,
    }
    cycles = [_cycle(cycle, source_url) for cycle in _list(row, "cycles")]
    window = row.get("window")
    if window is not None:
        cycles += _window(mapping(window, "window"), source_url)
    return ProgrammeEntry(facts, list({cycle.summer: cycle for cycle in cycles}.values()))


def _cycle(row: Row, source_url: str) -> CycleEntry:
    season = text(row, "season", 40, required=True)
    starts = term_start(season)
    if starts is None or not season.startswith("Summer ") or not 1991 <= starts.year <= 2100:  # noqa: PLR2004 - days we keep
        raise BadCellError(f"season is {season!r}; write it like Summer 2027.")
    opens_on, closes_on = _days(row)
    return CycleEntry(
        summer=starts.year,
        state=_choice(row, "state", STATES),
        opens_on=opens_on,
        closes_on=closes_on,
        zone=_zone(row),
        source_url=link(row, "source") or source_url,
        source_note=text(row, "note", 500),
    )


def _zone(row: Row) -> str:
    zone = text(row, "zone", 64) or ANYWHERE_ON_EARTH
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadCellError(f"zone is {zone!r}; write one of the IANA database, like Europe/London.") from None
    return zone


def _window(row: Row, source_url: str) -> list[CycleEntry]:
    """Read a window without a season: it belongs to the summer that its days are before."""
    opens_on, closes_on = _days(row)
    day = closes_on or opens_on
    if day is None:
        return []
    return [CycleEntry(summer_applied_for(day), "", opens_on, closes_on, ANYWHERE_ON_EARTH, source_url, "")]


def _days(row: Row) -> tuple[dt.date | None, dt.date | None]:
    opens_on, closes_on = iso_day(row, "opens"), iso_day(row, "closes")
    if opens_on and closes_on and opens_on > closes_on:
        raise BadCellError("The window closes before it opens.")
    return opens_on, closes_on


def _weeks(row: Row) -> tuple[int | None, int | None]:
    weeks = row.get("duration_weeks")
    if weeks is None:
        return None, None
    if not isinstance(weeks, list) or len(weeks) != 2 or not all(_is_weeks(week) for week in weeks):  # noqa: PLR2004 - from, to
        raise BadCellError(f"duration_weeks is no pair of weeks between 1 and {LONGEST_WEEKS}, like [12, 16].")
    if weeks[0] > weeks[1]:
        raise BadCellError("The shortest length is longer than the longest.")
    return weeks[0], weeks[1]


def _is_weeks(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_WEEKS


def _evidence(row: Row) -> tuple[str, str]:
    """Return the first address of the evidence, and everything else as a note."""
    address, notes = "", []
    for evidence in texts(row, "evidence", 1_000):
        first, _, rest = evidence.partition(" ")
        repository = _REPOSITORY.match(evidence)
        if repository and not first.startswith("http"):
            first = f"https://github.com/{first}"
        try:
            first = read_link(first).url
        except BadLinkError:
            first, rest = "", evidence
        if first and not address:
            address, first = first, ""
        notes.append(" ".join(filter(None, (first, rest))))
    note = "; ".join(filter(None, notes))
    return address, note if len(note) <= 500 else f"{note[:499]}…"  # noqa: PLR2004 - the column's length


def kind_of(name: str) -> str:
    """Guess what a programme offers from its name."""
    name = name.lower()
    if "scheme" in name:
        return "scheme"
    if "intern" in name:
        return "internship"
    if "fellow" in name:
        return "fellowship"
    return "visit" if "visit" in name else "internship"


def link(row: Row, name: str) -> str:
    """Return a web address; nothing when it is missing."""
    value = text(row, name, 4_000)
    return read_link(value).url if value else ""


def _board(row: Row) -> str:
    """Return the careers page: of an applicant system, or the company's own."""
    if row.get("ats") is None:
        return ""
    ats = mapping(row["ats"], "ats")
    board = text(ats, "board", 300)
    return read_link(f"{_BOARDS.get(text(ats, 'provider', 40), 'https://')}{board}").url if board else ""


def _choice(row: Row, name: str, choices: tuple[str, ...]) -> str:
    value = text(row, name, 40)
    if value and value not in choices:
        raise BadCellError(f"{name} is {value!r}; write {', '.join(choices)}.")
    return value


def _list(row: Row, name: str) -> list[Row]:
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadCellError(f"{name} is no list.")
    return [mapping(item, f"An entry of {name}") for item in value]
