"""The board: five columns in order of the next date, each showing its first cards, and how many rest in Closed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import Case, DateField, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import Least, RowNumber
from django.urls import reverse

from accounts.models import User
from applications.models import Application, ApplicationQuerySet, InterviewRound
from applications.queries import saved_views
from applications.queries.cards import FIELDS, Card, Fact, Round, card
from applications.stage import ACTIVE, LOOKS, Look, Stage


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the address of the board asks for: a saved view, the column shown on a phone, how many cards in each."""

    view: str = "active"
    stage: str = ""
    shown: Mapping[str, int] = field(default_factory=dict)

    def limit(self, stage: str) -> int:
        """Return how many cards of a column are shown."""
        return self.shown.get(stage) or int(settings.WAYMARK_BOARD_PAGE)

    def with_room(self, stage: str, number: int) -> "BoardFilter":
        """Show as many whole pages of a column as its card of this number needs."""
        page = int(settings.WAYMARK_BOARD_PAGE)
        if number <= self.limit(stage):
            return self
        return replace(self, shown={**self.shown, stage: -(-number // page) * page})


@dataclass(frozen=True, slots=True)
class Column:
    """One stage with its first cards."""

    look: Look
    count: int
    cards: list[Card]
    more: str
    more_url: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A link that chooses a saved view, or on phones a column."""

    name: str
    label: str
    count: int
    url: str
    current: bool
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The page."""

    columns: list[Column]
    tabs: list[Tab]
    chips: list[Tab]
    closed: int
    is_new: bool


def board(student: User, asked: BoardFilter, *, on: dt.date) -> Board:
    """Gather the whole board in three queries, whatever the number of applications."""
    return _board(student, asked, on, ACTIVE)


def columns(student: User, asked: BoardFilter, *, on: dt.date, stages: list[str]) -> Board:
    """Gather some columns, with the counts of all: what a move changes."""
    return _board(student, asked, on, stages)


def place(student: User, asked: BoardFilter, application: Application, *, on: dt.date) -> tuple[int, int]:
    """Return where in its column an application stands and how many there are: (4, 4); (0, n) when a view hides it."""
    keys = list(_ordered(_of(student, asked.view, on), on).filter(stage=application.stage).values_list("pk", flat=True))
    return (keys.index(application.pk) + 1 if application.pk in keys else 0), len(keys)


def _board(student: User, asked: BoardFilter, on: dt.date, stages: list[str]) -> Board:
    mine = Application.objects.visible_to(student)
    counts = saved_views.count(mine, asked.view, ACTIVE, on)
    facts = [Fact(*row) for row in _first(_of(student, asked.view, on), asked, stages, on)]
    rounds, base = _rounds([fact.pk for fact in facts]), reverse("applications:table")
    cards: dict[str, list[Card]] = defaultdict(list)
    for fact in facts:
        cards[fact.stage].append(card(fact, rounds.get(fact.pk, ()), base=base, on=on, tz=student.tz))
    chosen = asked.stage if asked.stage in ACTIVE else _busiest(counts)
    return Board(
        columns=[_column(stage, counts, cards[stage], asked, shown=stage == chosen) for stage in stages],
        tabs=[_tab(stage, counts, asked, current=stage == chosen) for stage in ACTIVE],
        chips=chips(counts, asked.view, reverse("applications:board")),
        closed=counts["closed"],
        is_new=not counts["active"] + counts["closed"],
    )


def _of(student: User, view: str, on: dt.date) -> ApplicationQuerySet:
    return Application.objects.visible_to(student).filter(saved_views.conditions(on)[view], stage__in=ACTIVE)


def _ordered(applications: ApplicationQuerySet, on: dt.date) -> QuerySet[Application]:
    """Put first what happens next: a round, the next step, the closing day until it is sent, then the follow-up."""
    rounds = InterviewRound.objects.filter(
        application=OuterRef("pk"), status=InterviewRound.Status.SCHEDULED, on__gte=on
    )
    first = rounds.values("application").annotate(day=Min("on")).order_by("application").values("day")
    closes = Case(When(stage__in=saved_views.UNSENT, then=F("closes_on")))
    follow_up = F("applied_on") + settings.WAYMARK_FOLLOW_UP_WORKING_DAYS * 7 // 5
    due = Case(When(stage=Stage.APPLIED, then=ExpressionWrapper(follow_up, output_field=DateField())))
    dated = applications.annotate(next_on=Least("next_step_on", closes, due, Subquery(first)))
    return dated.order_by(*ORDER)


ROUND_ORDER = (F("starts_at").asc(nulls_last=True), "on", "pk")
ORDER = (F("next_on").asc(nulls_last=True), "-stage_since", "pk")


def _first(
    applications: ApplicationQuerySet, asked: BoardFilter, stages: list[str], on: dt.date
) -> QuerySet[Application, tuple[Any, ...]]:
    number = Window(RowNumber(), partition_by=F("stage"), order_by=[ORDER[0], F("stage_since").desc(), F("pk")])
    within = Q()
    for stage in stages:
        within |= Q(stage=stage, number__lte=asked.limit(stage))
    chosen = _ordered(applications.filter(stage__in=stages), on).annotate(number=number).filter(within)
    return chosen.values_list(*FIELDS).order_by("stage", "number")


def _rounds(applications: list[int]) -> dict[int, list[Round]]:
    found: dict[int, list[Round]] = defaultdict(list)
    rows = InterviewRound.objects.filter(application__in=applications)
    fields = ("application_id", "status", "kind", "on", "starts_at")
    for pk, status, kind, on, starts_at in rows.order_by(*ROUND_ORDER).values_list(*fields):
        found[pk].append(Round(status, kind, on, starts_at))
    return found


def _busiest(counts: Mapping[str, int]) -> str:
    """Choose the column a phone opens with: where there is most to do among those that hold something."""
    return next((stage for stage in _BY_URGENCY if counts[f"in_{stage}"]), ACTIVE[0])


_BY_URGENCY = (Stage.INTERVIEWING, Stage.OFFER, Stage.PREPARING, Stage.APPLIED, Stage.INTERESTED)


def _column(stage: str, counts: Mapping[str, int], cards: list[Card], asked: BoardFilter, *, shown: bool) -> Column:
    left = counts[f"in_{stage}"] - len(cards)
    size = int(settings.WAYMARK_BOARD_PAGE)
    url = address(asked, **{stage: str(len(cards) + size)})
    more = f"Show {min(left, size)} more" if left > 0 else ""
    return Column(LOOKS[stage], counts[f"in_{stage}"], cards, more, url, shown)


def _tab(stage: str, counts: Mapping[str, int], asked: BoardFilter, *, current: bool) -> Tab:
    look = LOOKS[stage]
    return Tab(stage, look.label, counts[f"in_{stage}"], address(asked, stage=stage), current, look.icon)


def address(asked: BoardFilter, **changed: str) -> str:
    """Return the address of the board with something changed; what is as usual is left out."""
    query = {"view": "" if asked.view == "active" else asked.view, "stage": asked.stage}
    query |= {stage: str(number) for stage, number in asked.shown.items()}
    query |= changed
    return f"?{'&'.join(f'{name}={value}' for name, value in query.items() if value)}"


def chips(counts: Mapping[str, int], view: str, here: str) -> list[Tab]:
    """Return the saved views; Closed is a list, so it lies on the table."""
    table = reverse("applications:table")
    return [
        Tab(name, label, counts[name], f"{table if name == 'closed' else here}?view={name}", name == view)
        for name, label in saved_views.LABELS.items()
    ]
