"""The table: many rows by what one looks for, a page at a time from the row after the last one."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from applications.models import MINE
from applications.queries import saved_views
from applications.queries.asked import Asked, condition
from applications.queries.asked import facts as facts_of
from applications.queries.columns import COLUMNS, FIELDS, Column, Fact, Reader, Row, cell, chosen, row
from applications.queries.heading import USUAL_SORT, Heading, heading
from applications.queries.sql import fetch
from applications.stage import Stage


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the rows: the SQL value it goes by, and in which direction."""

    by: str
    descending: bool = False


_STAGES = ", ".join(f"'{stage.value}'" for stage in Stage)
SORTS: dict[str, Sort] = {
    "updated": Sort("a.updated_at", descending=True),
    "closes": Sort("coalesce(a.closes_on, date 'infinity')"),
    "next": Sort("coalesce(a.next_step_on, date 'infinity')"),
    "applied": Sort("coalesce(a.applied_on, date '-infinity')", descending=True),
    "company": Sort("c.match_key"),
    "stage": Sort(f"array_position(ARRAY[{_STAGES}], a.stage::text)"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head, which sorts when it can; `sorted` is for assistive technology."""

    label: str
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One page of the table."""

    rows: list[Row]
    heads: list[Head]
    columns: list[tuple[str, str, bool]]
    heading: Heading
    found: int
    more_url: str
    is_new: bool

    @property
    def width(self) -> int:
        """How many cells a row has: tick box, company and role, and what is chosen."""
        return len(self.heads) + 1

    @property
    def summary(self) -> str:
        """Say how many there are: 21 applications."""
        return f"{self.found} application{'s' * (self.found != 1)}"


def table(student: User, asked: Asked, *, after: str, on: dt.date, size: int) -> Table:
    """Gather a page in three queries."""
    known, wanted = facts_of(student, asked, on) | {"after": after, "size": size + 1}, condition(asked)
    found = fetch(_page(wanted, asked.sort or USUAL_SORT["table"], begins_later=bool(after)), known)
    counts = saved_views.count(known, wanted, of_stages=False)
    above = heading(known, asked, counts, here="table")
    shown = chosen(above.columns)
    reader = Reader(reverse("applications:table"), on, student.tz)
    return Table(
        rows=[row(Fact(*values), shown, reader) for values in found[:size]],
        heads=[_head("Company and role", "company", asked), *(_head_of(COLUMNS[name], asked) for name in shown)],
        columns=[(name, column.label, name in shown) for name, column in COLUMNS.items()],
        heading=above,
        found=counts[saved_views.FOUND],
        more_url=asked.address(after=str(found[size - 1][0])) if len(found) > size else "",
        is_new=not counts["active"] + counts["closed"],
    )


def one_cell(student: User, public_id: str, column: str, *, on: dt.date) -> str:
    """Make one cell of one row anew, as it is after a change."""
    known = {"me": student.pk, "one": public_id}
    (values,) = fetch(f"{_SELECT} AND a.public_id = %(one)s", known)
    return cell(column, Fact(*values), Reader(reverse("applications:table"), on, student.tz))


_FROM = f"""
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN companies_season s ON s.id = a.season_id WHERE {MINE}
"""
_SELECT = f"SELECT {FIELDS} {_FROM}"


def _page(wanted: str, sort: str, *, begins_later: bool) -> str:
    """Return the statement of one page: keys alone are put in order, and the few rows shown are read in full."""
    beyond = _after(SORTS[sort]) if begins_later else ""
    keys = f"SELECT a.id {saved_views.source(wanted, SORTS[sort].by)} WHERE {MINE} AND {wanted} {beyond}"
    return f"{_SELECT} AND a.id IN ({keys} {ordered(sort)} LIMIT %(size)s) {ordered(sort)}"


def chosen_keys(student: User, asked: Asked, *, on: dt.date, most: int) -> list[int]:
    """Return the keys of all that is asked for, at most one more than `most`."""
    known = facts_of(student, asked, on) | {"most": most + 1}
    statement = f"SELECT a.id {_FROM} AND {condition(asked)} ORDER BY a.id LIMIT %(most)s"
    return [key for (key,) in fetch(statement, known)]


def _after(sort: Sort) -> str:
    """Go on from the row after the one with this public id; from the first when there is none of that id."""
    last = f"SELECT {sort.by}, a.id {_FROM} AND a.public_id = %(after)s"
    return f"AND (NOT EXISTS ({last}) OR ({sort.by}, a.id) {'<' if sort.descending else '>'} ({last}))"


def in_order(asked: Asked) -> tuple[str, str]:
    """Return source and order of all rows, as SQL with the parameters of what is asked for."""
    return f"{_FROM} AND {condition(asked)}", ordered(asked.sort or USUAL_SORT["table"]).removeprefix("ORDER BY ")


def ordered(name: str) -> str:
    """Return the order of one of SORTS, with its tiebreak."""
    sort = SORTS[name]
    way = "DESC" if sort.descending else "ASC"
    return f"ORDER BY {sort.by} {way}, a.id {way}"


def _head_of(column: Column, asked: Asked) -> Head:
    return _head(column.label, column.sort, asked)


def _head(label: str, sort: str, asked: Asked) -> Head:
    usual = USUAL_SORT["table"]
    if not sort:
        return Head(label)
    way = "descending" if SORTS[sort].descending else "ascending"
    url = asked.address(sort="" if sort == usual else sort)
    return Head(label, url, way if sort == (asked.sort or usual) else "")
