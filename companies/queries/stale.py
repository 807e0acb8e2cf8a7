"""What in the list may not be true any more, ordered by how many students depend on it; and how fresh the list is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from companies.models import Company, Cycle, Following, Posting, Programme
from companies.queries.merging import pointing_at
from companies.windows import checked_words, window_words
from tracker.lib.dates import full_day

_HOME = "companies"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact to look at: `key` names it in the form."""

    key: str
    title: str
    url: str
    why: str
    source_url: str
    dependants: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """One kind of fact by how long ago a curator looked."""

    label: str
    total: int
    lately: int
    older: int
    never: int

    @property
    def share(self) -> int:
        """How many per cent were looked at lately."""
        return round(100 * self.lately / self.total) if self.total else 100


def stale_postings(on: dt.date) -> list[Line]:
    """Return open postings past their day, gone from feed or link, or long unchecked while students wait.

    One query, whoever depends on them: their number is said, and nothing else of them.
    """
    old = Q(checked_on=None) | Q(checked_on__lt=on - settings.WAYMARK_STALE_POSTING)
    waiting = old & Q(n__gt=0)
    closed = Q(programme__cycles__state=Cycle.State.CLOSED, programme__cycles__season__starts_on__gte=on)
    rows = Posting.objects.open().filter(is_visible=True).annotate(n=dependants(Posting))
    lost = Q(gone_on__isnull=False) | Q(link_dead_on__isnull=False)
    rows = rows.filter(Q(closes_on__lt=on) | lost | waiting | closed)
    rows = rows.select_related("company").defer("search", "search_text", "company__search", "company__search_text")
    found = rows.order_by("-n", F("closes_on").asc(nulls_last=True), "pk").distinct()
    return [
        Line(
            key=one.public_id,
            title=f"{one.title}, {one.company.name}",
            url=reverse("companies:posting", args=[one.public_id]),
            why=_why(one, on),
            source_url=one.url,
            dependants=_students(one.n),  # type: ignore[attr-defined]
        )
        for one in found[: settings.WAYMARK_STALE_SHOWN]
    ]


def stale_cycles(on: dt.date) -> list[Line]:
    """Return windows that are over, should be open, or were confirmed long ago, by how many follow them: one query."""
    followers = Following.objects.filter(programme=OuterRef("programme")).order_by().values("programme")
    count = Coalesce(Subquery(followers.annotate(n=Count("pk")).values("n")), Value(0))
    over = Q(closes_on__lt=on) | Q(closes_on=None, season__closes_on__lt=on)
    begun = Q(state=Cycle.State.EXPECTED) & (Q(opens_on__lte=on) | Q(opens_on=None, season__opens_on__lte=on))
    old = Q(checked_on=None) | Q(checked_on__lt=on - settings.WAYMARK_STALE_CYCLE)
    rows = Cycle.objects.exclude(state=Cycle.State.CLOSED).filter(over | begun | (Q(state="confirmed") & old))
    rows = rows.select_related("programme__company", "season").annotate(n=count)
    return [
        Line(
            key=str(one.pk),
            title=f"{one.programme.name}, {one.programme.company.name}, {one.season.name}",
            url=reverse("companies:cycle", args=[one.pk]),
            why=f"{window_words(one.state, one.opens_on, one.closes_on, one.zone)} {checked_words(one.checked_on)}.",
            source_url=one.source_url or one.programme.url,
            dependants=_students(one.n),
        )
        for one in rows.order_by("-n", F("closes_on").asc(nulls_last=True), "pk")[: settings.WAYMARK_STALE_SHOWN]
    ]


def freshness(on: dt.date) -> list[Fresh]:
    """Return how fresh each kind of fact is: one query."""
    kinds: list[tuple[str, models.QuerySet[Any], dt.timedelta]] = [
        ("Companies", Company.objects.approved(), settings.WAYMARK_STALE_FACT),
        ("Programmes", Programme.objects.all(), settings.WAYMARK_STALE_FACT),
        ("Windows not closed", Cycle.objects.exclude(state=Cycle.State.CLOSED), settings.WAYMARK_STALE_CYCLE),
        ("Open research postings", Posting.objects.open().filter(is_research=True), settings.WAYMARK_STALE_POSTING),
    ]
    first, *others = (_counted(label, rows, on - back) for label, rows, back in kinds)
    counts = {row["label"]: row for row in first.union(*others, all=True)}
    none = {"total": 0, "lately": 0, "older": 0, "never": 0}
    return [Fresh(**{"label": label, **none, **counts.get(label, {})}) for label, _rows, _back in kinds]


def dependants(model: type[models.Model]) -> Any:  # noqa: ANN401 - an expression
    """Return the expression for how many rows of the apps above point at a row of the list."""
    found: Any = Value(0)
    for other, field in pointing_at(model):
        if other._meta.app_label != _HOME:
            rows = other._default_manager.filter(**{field: OuterRef("pk")}).order_by().values(field)
            found += Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), Value(0))
    return found


def _why(posting: Posting, on: dt.date) -> str:
    if posting.doubt:
        return posting.doubt
    if posting.closes_on and posting.closes_on < on:
        return f"Its closing day was {full_day(posting.closes_on)}."
    if posting.checked_on is None or posting.checked_on < on - settings.WAYMARK_STALE_POSTING:
        return f"{checked_words(posting.checked_on)}."
    return "The window of its programme is closed."


def _students(count: int) -> str:
    """Return how many depend on it; of fewer than three it is said that there are some."""
    few = 3
    if count >= few:
        return f"{count} depend on it"
    return "Somebody depends on it" if count else ""


def _counted(label: str, rows: "models.QuerySet[Any]", since: dt.date) -> "models.QuerySet[Any, dict[str, Any]]":
    """Return the figures of one kind in one row, or in none when there is nothing to count."""
    counted: models.QuerySet[Any, dict[str, Any]] = (
        rows.order_by()
        .values(label=Value(label))
        .annotate(
            total=Count("pk"),
            lately=Count("pk", filter=Q(checked_on__gte=since)),
            older=Count("pk", filter=Q(checked_on__lt=since)),
            never=Count("pk", filter=Q(checked_on=None)),
        )
    )
    return counted
