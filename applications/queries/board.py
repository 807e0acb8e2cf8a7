"""The board: five columns in order of the next date, each showing its first cards, and how many rest in Closed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from applications.models import MINE, Application
from applications.queries import saved_views
from applications.queries.asked import Asked, condition
from applications.queries.asked import facts as facts_of
from applications.queries.cards import COLUMNS, FOLLOWED_UP, Card, Fact, Round, card
from applications.queries.heading import Heading, Tab, heading
from applications.queries.sql import fetch
from applications.stage import ACTIVE, LOOKS, Look, Stage


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the address of the board asks for: which cards, the column shown on a phone, how many cards in each."""

    asked: Asked = field(default_factory=Asked)
    column: str = ""
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

    @property
    def tickets(self) -> SafeString:
        """The cards as items of a list."""
        return mark_safe("\n".join(f"<li>{card.html}</li>" for card in self.cards))  # noqa: S308 - cards escape


@dataclass(frozen=True, slots=True)
class Board:
    """The page."""

    columns: list[Column]
    tabs: list[Tab]
    heading: Heading
    found: int
    closed: int
    is_new: bool

    @property
    def is_long(self) -> bool:
        """Whether the table would show this better."""
        return self.found > int(settings.WAYMARK_BOARD_MOST)

    @property
    def summary(self) -> str:
        """Say how many cards there are: 21 applications."""
        return f"{self.found} application{'s' * (self.found != 1)}"


def board(student: User, asked: BoardFilter, *, on: dt.date) -> Board:
    """Gather the whole board in four queries, whatever the number of applications."""
    return _board(student, asked, on, ACTIVE)


def columns(student: User, asked: BoardFilter, *, on: dt.date, stages: list[str]) -> Board:
    """Gather some columns, with the counts of all: what a move changes."""
    return _board(student, asked, on, stages)


def place(student: User, asked: BoardFilter, application: Application, *, on: dt.date) -> tuple[int, int]:
    """Return where in its column an application stands and how many there are: (4, 4); (0, n) when a view hides it."""
    known = facts_of(student, asked.asked, on) | {"follow_up": _follow_up(), "stage": application.stage}
    order, wanted = _ORDERS[asked.asked.sort], condition(asked.asked)
    statement = f"SELECT a.id {_FROM} AND a.stage = %(stage)s AND {wanted} ORDER BY {order}"
    keys = [key for (key,) in fetch(statement, known)]
    return (keys.index(application.pk) + 1 if application.pk in keys else 0), len(keys)


def in_order(asked: Asked) -> tuple[str, str]:
    """Return source and order of all cards, column by column, as SQL with the parameters of `order_facts`."""
    return f"{_FROM} AND {condition(asked)}", f"array_position(%(stages)s, a.stage::text), {_ORDERS[asked.sort]}"


def order_facts() -> dict[str, object]:
    """Return the parameters of `in_order` beside those of what is asked for."""
    return {"stages": ACTIVE, "follow_up": _follow_up()}


def _board(student: User, asked: BoardFilter, on: dt.date, stages: list[str]) -> Board:
    known = facts_of(student, asked.asked, on)
    counts = saved_views.count(known, condition(asked.asked), of_stages=True)
    facts = _first(known, asked, stages)
    rounds, base = _rounds([fact.pk for fact in facts]), reverse("applications:table")
    cards: dict[str, list[Card]] = defaultdict(list)
    for fact in facts:
        cards[fact.stage].append(card(fact, rounds.get(fact.pk, ()), base=base, on=on, tz=student.tz))
    chosen = asked.column if asked.column in ACTIVE else _busiest(counts)
    return Board(
        columns=[_column(stage, counts, cards[stage], asked, shown=stage == chosen) for stage in stages],
        tabs=[_tab(stage, counts, asked, current=stage == chosen) for stage in ACTIVE],
        heading=heading(known, asked.asked, counts, here="board"),
        found=sum(counts[f"in_{stage}"] for stage in ACTIVE),
        closed=counts["closed"],
        is_new=not counts["active"] + counts["closed"],
    )


# What happens next, in one day: a round, the next step, the closing day until it is sent, then the follow-up.
_NEXT_ROUND = """
    SELECT min(i.on) FROM applications_interviewround i
    WHERE i.application_id = a.id AND i.status = 'scheduled' AND i.on >= %(on)s
"""
_NEXT = f"""least(({_NEXT_ROUND}), a.next_step_on, CASE WHEN {saved_views.IS_UNSENT} THEN a.closes_on END,
    CASE WHEN a.stage = 'applied' THEN a.applied_on + %(follow_up)s END) NULLS LAST, a.stage_since DESC, a.id
"""
_ORDERS = {
    "": _NEXT,
    "next": _NEXT,
    "stage": _NEXT,
    "updated": "a.updated_at DESC, a.id DESC",
    "closes": "a.closes_on NULLS LAST, a.id",
    "applied": "a.applied_on DESC NULLS LAST, a.id DESC",
    "company": "c.match_key, a.id",
}
_FROM = f"""
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    WHERE {MINE} AND {saved_views.IS_ACTIVE}
"""


def _follow_up() -> int:
    """Return the days after which a follow-up is due, weekends counted."""
    return int(settings.WAYMARK_FOLLOW_UP_WORKING_DAYS) * 7 // 5


def _first(known: dict[str, Any], asked: BoardFilter, stages: list[str]) -> list[Fact]:
    """Return the cards that are shown: each column is put in order by keys alone, and these few are read in full."""
    order, wanted = _ORDERS[asked.asked.sort], condition(asked.asked)
    statement = f"""
        SELECT {COLUMNS}, a.stage = 'applied' AND {FOLLOWED_UP}
        FROM unnest(%(stages)s::text[], %(limits)s::int[]) AS col (stage, most) CROSS JOIN LATERAL (
            SELECT a.id, row_number() OVER (ORDER BY {order}) AS number {saved_views.source(wanted, order)}
            WHERE {MINE} AND a.stage = col.stage AND {wanted} ORDER BY number LIMIT col.most
        ) first JOIN applications_application a ON a.id = first.id JOIN companies_company c ON c.id = a.company_id
        ORDER BY a.stage, first.number
    """  # noqa: S608 - constants
    limits = [asked.limit(stage) for stage in stages]
    rows = fetch(statement, known | {"follow_up": _follow_up(), "stages": stages, "limits": limits})
    return [Fact(*row) for row in rows]


_ROUNDS = """
    SELECT application_id, status, kind, "on", starts_at FROM applications_interviewround
    WHERE application_id = ANY(%(applications)s) ORDER BY starts_at NULLS LAST, "on", id
"""


def _rounds(applications: list[int]) -> dict[int, list[Round]]:
    found: dict[int, list[Round]] = defaultdict(list)
    for application, *facts in fetch(_ROUNDS, {"applications": applications}):
        found[application].append(Round(*facts))
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
    return Tab(stage, look.label, counts[f"in_{stage}"], address(asked, column=stage), current, look.icon)


def address(asked: BoardFilter, **changed: str) -> str:
    """Return the address of the board with something changed; what is as usual is left out."""
    shown = {stage: str(number) for stage, number in asked.shown.items()}
    return asked.asked.address(**({"column": asked.column} | shown | changed))
