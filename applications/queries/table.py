"""The table: many rows by what one looks for, a page at a time from the row after the last one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications.models import ROLE_TO_ADD, Application, ApplicationQuerySet, WayIn
from applications.queries import saved_views
from applications.queries.board import Tab, chips
from applications.stage import OUTCOME_LABELS, Stage, look
from tracker.lib.dates import full_day, short_day
from tracker.templatetags.waymark import mark_html, pill_html

_NEVER, _LAST = dt.date(1, 1, 1), dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the rows: what it is called, the value it goes by, and in which direction."""

    label: str
    by: Any
    descending: bool = False


SORTS: dict[str, Sort] = {
    "updated": Sort("Last change", F("updated_at"), descending=True),
    "closes": Sort("Closing day", Coalesce("closes_on", Value(_LAST))),
    "next": Sort("Next step", Coalesce("next_step_on", Value(_LAST))),
    "applied": Sort("Applied on", Coalesce("applied_on", Value(_NEVER)), descending=True),
    "company": Sort("Company", F("company__match_key")),
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
    """Gather a page in two queries, three when it goes on from a row."""
    mine = Application.objects.visible_to(student)
    wanted = _wanted(asked, on)
    counts = _counts(mine, wanted, on)
    sort = SORTS[asked.sort]
    found = list(_ordered(_after(mine, sort, after).filter(wanted), sort).values_list(*_FIELDS)[: size + 1])
    base = reverse("applications:table")
    return Table(
        rows=[_row(base, on, student, *row) for row in found[:size]],
        chips=[replace(chip, current=chip.current and not asked.is_set) for chip in chips(counts, asked.view, base)],
        found=counts["found"],
        more_url=asked.address(after=str(found[size - 1][0])) if len(found) > size else "",
        is_new=not counts["active"] + counts["closed"],
    )


def _wanted(asked: TableFilter, on: dt.date) -> Q:
    wanted = saved_views.conditions(on)[asked.view] if asked.view else Q()
    if asked.q:
        wanted &= Q(role__icontains=asked.q) | Q(company__name__icontains=asked.q) | Q(place__icontains=asked.q)
    if asked.stage:
        wanted &= Q(stage=asked.stage)
    return wanted & Q(kind=asked.kind) if asked.kind else wanted


def _counts(mine: ApplicationQuerySet, wanted: Q, on: dt.date) -> Mapping[str, int]:
    views = {name: Count("pk", filter=condition) for name, condition in saved_views.conditions(on).items()}
    counted: dict[str, int] = mine.aggregate(**views, found=Count("pk", filter=wanted) if wanted else Count("pk"))
    return counted


def _ordered(applications: Any, sort: Sort) -> Any:  # noqa: ANN401 - annotations change the type of a queryset
    keyed = applications.annotate(sort_key=sort.by)
    return keyed.order_by(F("sort_key").desc(), "-pk") if sort.descending else keyed.order_by("sort_key", "pk")


def _after(mine: ApplicationQuerySet, sort: Sort, public_id: str) -> Any:  # noqa: ANN401 - as above
    keyed = mine.annotate(sort_key=sort.by)
    last = keyed.filter(public_id=public_id).values_list("sort_key", "pk").first() if public_id else None
    if last is None:
        return mine
    key, pk = last
    way = "lt" if sort.descending else "gt"
    return keyed.filter(Q(**{f"sort_key__{way}": key}) | Q(**{"sort_key": key, f"pk__{way}": pk}))


_FIELDS = (
    "public_id", "role", "company__name", "stage", "outcome", "next_step", "next_step_on", "closes_on", "applied_on",
    "updated_at", "way_in", "on_hold",
)  # fmt: skip
_WAYS_IN: dict[str, str] = {WayIn.ASKED.value: "Referral asked", WayIn.REFERRED.value: "Referred"}


def _row(  # noqa: PLR0913, PLR0917 - the columns of _FIELDS
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
