"""What the address of board and table asks for: a view, filters, an order. Read, written again, and as SQL.

One query string means the same on both pages, in exports and in bulk changes. What it cannot mean narrows nothing.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import ValidationError

from accounts.models import User
from applications.choices import Closeness, Source, WayIn
from applications.queries import saved_views
from applications.stage import STAGE_CHOICES
from companies.models import Kind
from tracker.lib.dates import full_day
from tracker.lib.forms import DayField

LONGEST_TEXT = 200
MOST_WEEKS = 520

CHOICES: dict[str, dict[str, str]] = {
    "stage": dict(STAGE_CHOICES),
    "kind": {kind.value: str(kind.label) for kind in Kind},
    "way": {way.value: str(way.label) for way in WayIn},
    "work": {work.value: str(work.label) for work in Closeness if work.value},
    "source": {source.value: str(source.label) for source in Source if source.value},
}
SORTS: dict[str, str] = {
    "updated": "Last activity",
    "next": "Next date",
    "closes": "Closing day",
    "applied": "Applied on",
    "company": "Company",
    "stage": "Stage",
}
_QUIET = """
    a.id NOT IN (SELECT e.application_id FROM applications_event e JOIN applications_application b
    ON b.id = e.application_id WHERE b.student_id = %(me)s AND e.on > %(wanted_quiet)s)
    AND a.stage_since <= %(wanted_quiet)s
"""
_CONDITIONS = {
    "q": "(a.role ILIKE %(wanted_q)s OR c.name ILIKE %(wanted_q)s OR a.place ILIKE %(wanted_q)s)",
    "stage": "a.stage = %(wanted_stage)s",
    "kind": "a.kind = %(wanted_kind)s",
    "way": "a.way_in = %(wanted_way)s",
    "before": "a.closes_on < %(wanted_before)s",
    "quiet": _QUIET,
    "work": "a.closeness = %(wanted_work)s",
    "place": "a.place ILIKE %(wanted_place)s",
    "tag": "%(wanted_tag)s = ANY(a.tags)",
    "season": "a.season_id = (SELECT s.id FROM companies_season s WHERE s.slug = %(wanted_season)s)",
    "source": "a.source = %(wanted_source)s",
    "hold": "a.on_hold",
}
FILTERS = tuple(_CONDITIONS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; an empty text is not asked. Names and values are those of the address."""

    view: str = "active"
    q: str = ""
    stage: str = ""
    kind: str = ""
    way: str = ""
    before: str = ""
    quiet: str = ""
    work: str = ""
    place: str = ""
    tag: str = ""
    season: str = ""
    source: str = ""
    hold: str = ""
    sort: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything beside view and order narrows the list."""
        return any(getattr(self, name) for name in FILTERS)

    def query(self, **changed: str) -> str:
        """Return the query string with something changed; what goes without saying is left out."""
        values = {name: getattr(self, name) for name in self.__slots__} | changed
        if values["view"] == _usual_view(values):
            values["view"] = ""
        elif not values["view"]:
            values["view"] = "all"
        return urlencode({name: value for name, value in values.items() if value})

    def address(self, **changed: str) -> str:
        """Return the same as a relative address."""
        return f"?{self.query(**changed)}"

    def pairs(self, *leaving: str) -> list[tuple[str, str]]:
        """Return names and values of the query string but some."""
        return [pair for pair in parse_qsl(self.query()) if pair[0] not in leaving]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return what a form that asks for another text sends along."""
        return self.pairs("q")

    def without(self, *names: str) -> str:
        """Return the address without some of the filters."""
        return f"?{urlencode(self.pairs(*names))}"


def read(query: Mapping[str, str]) -> Asked:
    """Read an address. Whoever names a stage or types a text looks among the closed ones as well."""
    values = {name: _text(query.get(name, "")) for name in FILTERS}
    values |= {name: value if value in CHOICES[name] else "" for name, value in values.items() if name in CHOICES}
    values["before"], values["quiet"] = _day(values["before"]), _weeks(values["quiet"])
    values["season"] = values["season"].lower() if values["season"].replace("-", "").isalnum() else ""
    values["hold"] = "1" if values["hold"] == "1" else ""
    view, sort = query.get("view", ""), query.get("sort", "")
    known = view if view in saved_views.LABELS else ""
    return Asked(
        view=known or ("" if view == "all" else _usual_view(values)), sort=sort if sort in SORTS else "", **values
    )


def read_query(text: str) -> Asked:
    """Read a query string as it was kept or sent along."""
    try:
        pairs = parse_qsl(text[:4_000], max_num_fields=50)
    except ValueError:
        pairs = []
    return read(dict(pairs))


def condition(asked: Asked) -> str:
    """Return what is asked for as SQL on `a` and, for a text, on the company `c`; every value is a parameter."""
    parts = [saved_views.CONDITIONS[asked.view]] if asked.view else []
    parts += [part for name, part in _CONDITIONS.items() if getattr(asked, name)]
    return " AND ".join(f"({part})" for part in parts) or "true"


def facts(student: User, asked: Asked, on: dt.date) -> dict[str, Any]:
    """Return the parameters of `condition` and of the views."""
    wanted: dict[str, Any] = {f"wanted_{name}": getattr(asked, name) for name in FILTERS}
    wanted |= {f"wanted_{name}": _like(getattr(asked, name)) for name in ("q", "place")}
    wanted["wanted_before"] = asked.before or None
    wanted["wanted_quiet"] = on - dt.timedelta(weeks=int(asked.quiet or 0))
    return saved_views.facts(student, on) | wanted


def words(asked: Asked, season: str = "") -> dict[str, str]:
    """Say each filter that is set, for its chip: {"before": "Closes before 30 November 2026"}."""
    said = {name: CHOICES[name][value] for name in CHOICES if (value := getattr(asked, name))}
    weeks = f"Quiet for {asked.quiet} week{'s' * (asked.quiet != '1')}"
    said |= {"q": f"“{asked.q}”", "place": asked.place, "tag": f"Tag: {asked.tag}", "season": season or asked.season}
    said |= {"quiet": weeks, "hold": "On hold", "work": f"Team's work: {said.get('work', '').lower()}"}
    said["before"] = f"Closes before {full_day(dt.date.fromisoformat(asked.before))}" if asked.before else ""
    return {name: said[name] for name in FILTERS if getattr(asked, name)}


def all_views(asked: Asked) -> bool:
    """Say whether closed ones are among the rest because somebody asked for that, and not only looks for a text."""
    return not asked.view and _usual_view(asdict(asked)) != ""


def _usual_view(values: Mapping[str, str]) -> str:
    return "" if values["q"] or values["stage"] else "active"


def _like(text: str) -> str:
    return "%" + text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"


def _text(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TEXT and "\0" not in text else ""


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        day = DayField().clean(text)
    except ValidationError:
        return ""
    return day.isoformat() if day else ""


def _weeks(text: str) -> str:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_WEEKS)) else 0
    return str(number) if 0 < number <= MOST_WEEKS else ""
