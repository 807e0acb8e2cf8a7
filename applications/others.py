"""What apps above this one add to Today, which knows nothing of them: they enter it here when they are ready."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from accounts.models import User
from applications.today_rules import Rule, Todo


@dataclass(frozen=True, slots=True)
class Way:
    """Where a line leads: the page it is about, what its button says and opens, and the pill (words, look, icon)."""

    url: str
    label: str
    opens: str
    pill: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Others:
    """Lines about something else than applications.

    rows: SQL that gives one JSON array of arrays, of what is told until a week from now; it knows %(me)s, %(on)s and
        %(week)s.
    todos: those rows as the lines of one day.
    kept: the tables that a tick changes, and which of their rows t are about the %(thing)s of a line of %(me)s: what an
        undo puts back; hold: locks what they are about until the transaction ends.
    """

    rows: str
    todos: Callable[[list[list[Any]], dt.date], Iterable[Todo]]
    way: Callable[[Todo, dt.date], Way]
    is_own: Callable[[User, str], bool]
    finish: Callable[[Todo, User, dt.date], str]
    let_go: Callable[[Todo, User, dt.date], str]
    kept: Mapping[type[Model], str]
    hold: Callable[[User, str], object]


OTHERS: dict[Rule, Others] = {}
"""Each under all of its rules."""


def sources() -> list[Others]:
    """Return each of them once."""
    return list({id(one): one for one in OTHERS.values()}.values())
