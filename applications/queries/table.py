"""The table: many rows by what one looks for, a page at a time from the row after the last one."""

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications.choices import WayIn
from applications.models import MINE, ROLE_TO_ADD
from applications.queries import saved_views
from applications.queries.board import Tab, chips
from applications.queries.sql import fetch
from applications.stage import OUTCOME_LABELS, Stage, look
from tracker.lib.dates import full_day, short_day
from tracker.templatetags.waymark import mark_html, pill_html


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the rows: what it is called, the SQL value it goes by, and in which direction."""

    label: str
    by: str
    descending: bool = False


SORTS: dict[str, Sort] = {
    "updated": Sort("Last change", "a.updated_at", descending=True),
    "closes": Sort("Closing day", "coalesce(a.closes_on, date 'infinity')"),
    "next": Sort("Next step", "coalesce(a.next_step_on, date 'infinity')"),
    "applied": Sort("Applied on", "coalesce(a.applied_on, date '-infinity')", descending=True),
    "company": Sort("Company", "c.match_key"),
}


@dataclass(frozen=True, slots=True)
class TableFilter:
    """What somebody looks for."""

    view: str = "active"
    q: str = ""
    stage: str = ""
    kind: str = ""
    sort: str = "updated"

    @property
    def is_set(self) -> bool:
        """Whether anything beside view and order narrows the table."""
        return bool(self.q or self.stage or self.kind)

    def address(self, **changed: str) -> str:
        """Return the query string of this table with something changed."""
        query = {"view": self.view, "q": self.q, "stage": self.stage, "kind": self.kind, "sort": self.sort} | changed
        usual = {"view": "active", "sort": "updated"}
        return "?" + urlencode({name: value for name, value in query.items() if value and usual.get(name) != value})


@dataclass(frozen=True, slots=True)
class Row:
    """One application, ready to print."""

    url: str
    title: str
    company: str
    mark: SafeString
    stage: SafeString
    outcome: str
    step: str
    step_on: str
    closes: str
    applied: str
    updated: str
    way_in: str


@dataclass(frozen=True, slots=True)
class Table:
    """One page of the table."""

    rows: list[Row]
    chips: list[Tab]
    found: int
    more_url: str
    is_new: bool

    @property
    def summary(self) -> str:
        """Say how many there are: 21 applications."""
        return f"{self.found} application{'s' * (self.found != 1)}"


def table(student: User, asked: TableFilter, *, after: str, on: dt.date, size: int) -> Table:
    """Gather a page in two queries."""
    known = saved_views.facts(student, on) | _wanted_facts(asked) | {"after": after, "size": size + 1}
    wanted, sort = _wanted(asked), SORTS[asked.sort]
    way, beyond = ("DESC", "<") if sort.descending else ("ASC", ">")
    statement = f"{_COLUMNS} {_FROM} AND {wanted} {_after(sort, beyond) if after else ''} {_order(sort, way)}"
    found = fetch(statement, known)
    *counts, number = fetch(f"{_COUNT} count(*) FILTER (WHERE {wanted}) {_FROM}", known)[0]
    views = dict(zip(saved_views.CONDITIONS, counts, strict=True))
    base = reverse("applications:table")
    return Table(
        rows=[_row(base, on, student, *row) for row in found[:size]],
        chips=[replace(chip, current=chip.current and not asked.is_set) for chip in chips(views, asked.view, base)],
        found=number,
        more_url=asked.address(after=str(found[size - 1][0])) if len(found) > size else "",
        is_new=not views["active"] + views["closed"],
    )


_FROM = f"FROM applications_application a JOIN companies_company c ON c.id = a.company_id WHERE {MINE}"
_COUNT = f"SELECT {', '.join(f'count(*) FILTER (WHERE {part})' for part in saved_views.CONDITIONS.values())},"
_COLUMNS = """
    SELECT a.public_id, a.role, c.name, a.stage, a.outcome, a.next_step, a.next_step_on, a.closes_on, a.applied_on,
    a.updated_at, a.way_in, a.on_hold
"""


def _wanted(asked: TableFilter) -> str:
    """Return the condition of what is asked for; its values are parameters."""
    parts = (
        (asked.view, saved_views.CONDITIONS.get(asked.view, "true")),
        (asked.q, "(a.role ILIKE %(like)s OR c.name ILIKE %(like)s OR a.place ILIKE %(like)s)"),
        (asked.stage, "a.stage = %(stage)s"),
        (asked.kind, "a.kind = %(kind)s"),
    )
    return " AND ".join(part for value, part in parts if value) or "true"


def _wanted_facts(asked: TableFilter) -> dict[str, str]:
    typed = asked.q.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return {"like": f"%{typed}%", "stage": asked.stage, "kind": asked.kind}


def _after(sort: Sort, beyond: str) -> str:
    """Go on from the row after the one with this public id; from the first when there is none of that id."""
    last = f"SELECT {sort.by}, a.id {_FROM} AND a.public_id = %(after)s"
    return f"AND (NOT EXISTS ({last}) OR ({sort.by}, a.id) {beyond} ({last}))"


def _order(sort: Sort, way: str) -> str:
    return f"ORDER BY {sort.by} {way}, a.id {way} LIMIT %(size)s"


_WAYS_IN: dict[str, str] = {WayIn.ASKED.value: "Referral asked", WayIn.REFERRED.value: "Referred"}


def _row(  # noqa: PLR0913, PLR0917 - the values of _COLUMNS
    base: str,
    on: dt.date,
    student: User,
    public_id: str,
    role: str,
    company: str,
    stage: str,
    outcome: str,
    next_step: str,
    next_step_on: dt.date | None,
    closes_on: dt.date | None,
    applied_on: dt.date | None,
    updated_at: dt.datetime,
    way_in: str,
    on_hold: bool,  # noqa: FBT001 - a column
) -> Row:
    seen = look(stage, outcome)
    return Row(
        url=f"{base}{public_id}/",
        title=role or ROLE_TO_ADD,
        company=company,
        mark=mark_html(company, "s"),
        stage=pill_html(seen.label, seen.css, seen.icon),
        outcome=OUTCOME_LABELS[outcome] if stage == Stage.CLOSED else "",
        step=next_step,
        step_on=_near(next_step_on, on),
        closes=_near(closes_on, on),
        applied=_near(applied_on, on),
        updated=_near(updated_at.astimezone(student.tz).date(), on),
        way_in="On hold for a referral" if on_hold else _WAYS_IN.get(way_in, ""),
    )


def _near(day: dt.date | None, on: dt.date) -> str:
    if day is None:
        return ""
    return short_day(day) if day.year == on.year else full_day(day)
